"""Text and tables as they may leave the portal: no spreadsheet program runs what stands in a cell. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Iterable

MARK = "'"
# What Excel, LibreOffice or Google Sheets may take for the start of a formula, full-width forms included. Also behind
# spaces and marks that stand there already, so that what is read back is always what was written.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CALCULATED = re.compile(rf"[\t\r\n]|[\s{MARK}]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
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
    return f"{MARK}{plain}" if _is_calculated(plain) else plain


def without_mark(text: str) -> str:
    """`text` without the apostrophe that `neutralised` puts before it; any other apostrophe stays."""
    return text[1:] if text.startswith(MARK) and _is_calculated(text[1:]) else text


def csv_file(rows: Iterable[Iterable[str]]) -> bytes:
    """The rows as a CSV file, each text neutralised."""
    return csv_as_it_is([neutralised(text) for text in row] for row in rows)


def csv_as_it_is(rows: Iterable[Iterable[str]]) -> bytes:
    """The rows as a CSV file, for texts that were neutralised already.

    UTF-8 with a byte order mark, without which a spreadsheet program reads it as Windows text.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return codecs.BOM_UTF8 + stream.getvalue().encode()


def _is_calculated(text: str) -> bool:
    return CALCULATED.match(text) is not None and not NEGATIVE_NUMBER.fullmatch(text)
