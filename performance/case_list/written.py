"""Writes a case list as CSV, with nothing in it that a spreadsheet program would take for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from performance.case_list.cells import STARTS_A_FORMULA
from performance.case_list.columns import HEADINGS

ROWS_AT_ONCE = 500


def neutral(text: str) -> str:
    """`text` behind an apostrophe where a spreadsheet program would work it out."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def written(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """The lines of a list in UTF-8, some hundred at a time; None is a blank cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if value is None else neutral(str(value)) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken_from(stream)
    yield _taken_from(stream)


def _taken_from(stream: io.StringIO) -> bytes:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.encode()
