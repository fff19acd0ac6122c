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
MAX_TEXT = 4_000
CHUNK_BYTES = 64 * 1024
# A reason, a comment, a name: longer than this is refused with a word, never cut off.
MAX_NOTE = 500
MAX_NAME = 200
