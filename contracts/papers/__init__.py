"""Papers: letters, records of decision and reports as one value (`paper`), written to Word and to PDF.

The same value gives the same bytes, whenever it is written. `answer` sends one as a file.
"""
