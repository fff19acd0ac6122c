"""Text that a spreadsheet program would calculate is written so that it does not, and read back as it was.

(domain.md, "What leaves the portal")
"""

import re

MARK = "'"
# Also behind marks that stand there already, so that what is read back is always what was written.
CALCULATED = re.compile(rf"[\t\r]|[\s{MARK}]*[=+\-@]")


def neutralised(text: str) -> str:
    """`text` as a file may hold it: with an apostrophe before it where it begins like a formula."""
    return f"{MARK}{text}" if CALCULATED.match(text) else text


def without_mark(text: str) -> str:
    """`text` without the apostrophe that `neutralised` puts before it; any other apostrophe stays."""
    return text[1:] if text.startswith(MARK) and CALCULATED.match(text[1:]) else text
