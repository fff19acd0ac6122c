"""How large a batch may be, and what may stand in a case of it."""

from datetime import timedelta

MAX_CASES = 5_000
# A case takes some 230 bytes; four times as many leave room for a system that writes them out prettily.
MAX_BYTES = 8 * 1024 * 1024
LIMIT_IN_WORDS = f"{MAX_BYTES // 1024 // 1024} MB"
LONGEST_KEY = 255
LONGEST_UNIT = 12
EARLIEST_YEAR = 2000
# The clocks of two systems differ; a day is more than they can, and less than a wrong year.
CLOCKS_DIFFER_BY = timedelta(days=1)
# Beyond so many texts and brackets nobody looks for where a case ends that is nested too deeply to be read.
MOST_BRACKETS = 100_000
# Of a refused value no more is looked at for personal data: enough to say why it was refused.
LOOKED_AT, FIELDS_LOOKED_AT, VALUES_LOOKED_AT = 80, 20, 2_000
