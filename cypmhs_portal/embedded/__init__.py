"""PostgreSQL and Redis that come with the project's packages, for trials and tests.

Nothing here imports Django: the launcher and `manage.py` use it before settings exist.
"""
