"""How large a return may be. Format version 1 fills 6 sheets, 20 rows and 8 columns; these leave room, not a door."""

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
# A workbook of numbers unpacks to some 4 to 30 times its size. Below the floor the ratio says nothing.
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 1024 * 1024
MAX_SHEETS = 20
MAX_ROWS = 5_000
MAX_COLUMNS = 64
# Empty rows with a height are harmless here, but openpyxl, which marks the workbook later, keeps each of them.
MAX_ROW_ELEMENTS = 20_000
MAX_CELLS = 100_000
# Cells without content too: a border far away is harmless here, but openpyxl keeps each of them.
MAX_CELL_ELEMENTS = 200_000
# Of one sheet: openpyxl makes every cell of a merged or linked range, and of each range again where they overlap.
MAX_RANGED_CELLS = 20_000
# The list of findings in a marked workbook is longer than a return may be; it is passed over, not kept.
MAX_LISTED_ROWS = 50_000
MAX_LISTED_CELLS = 400_000
MAX_TEXT = 4_000
CHUNK_BYTES = 64 * 1024
# A reason, a comment, a name: longer than this is refused with a word, never cut off.
MAX_NOTE = 500
MAX_NAME = 200
