"""Writes a case list as CSV, with nothing in it that a spreadsheet program would take for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from contracts.spreadsheet_text import neutralised
from performance.case_list.columns import HEADINGS

ROWS_AT_ONCE = 500


def written(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """The lines of a list in UTF-8, some hundred at a time; None is a blank cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if value is None else neutralised(str(value)) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken_from(stream)
    yield _taken_from(stream)


def _taken_from(stream: io.StringIO) -> bytes:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.encode()
