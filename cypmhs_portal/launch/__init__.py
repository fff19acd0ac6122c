"""`make run`: the whole portal on one machine, started in order and stopped together.

Nothing here imports Django; what needs it runs as a child process.
"""
