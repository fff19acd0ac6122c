"""How large a case list may be, and what may stand in its cells."""

MAX_CASES = 500_000
# A list of 500,000 cases has some 30 MB.
MAX_BYTES = 64 * 1024 * 1024
LIMIT_IN_WORDS = f"{MAX_BYTES // 1024 // 1024} MB"
MAX_LINE = 4_000
MAX_COLUMNS = 64
CHUNK_BYTES = 256 * 1024
LONGEST_REFERENCE = 40
LONGEST_ROUTE = 40
# A route is a way to come in. More different ones than this, and it is something else: names, most likely.
MOST_ROUTES = 25
# Services are for people up to 25: a case that opened longer ago than this has a date of birth in its place.
LONGEST_OPEN_YEARS = 15
# Texts that repeat from row to row are judged once; so many of them are remembered.
REMEMBERED = 10_000
