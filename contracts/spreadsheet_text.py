"""Text as it may stand in a cell of a file that leaves the portal: no spreadsheet program runs it. Pure."""

import re

# What Excel, LibreOffice or Google Sheets may take for the start of a formula, full-width forms included.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NEGATIVE_NUMBER = re.compile(r"-[0-9][0-9,]*(?:\.[0-9]+)?")
# XML 1.0 has no place for these, so a workbook that held them would not open.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """`text` without the characters that no XML file may hold."""
    return NOT_IN_XML.sub("", text)


def neutralised(text: str) -> str:
    """`text` with an apostrophe before what would start a formula; a negative number stays one.

    (domain.md, "What leaves the portal": cells that begin with = + - @ tab or return.)
    """
    plain = writable(text)
    if plain.startswith(STARTS_A_FORMULA) and not NEGATIVE_NUMBER.fullmatch(plain):
        return f"'{plain}"
    return plain
