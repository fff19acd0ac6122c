"""A case list's bytes as rows of text, a line at a time."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from performance.case_list import limits
from performance.case_list.refusals import not_a_list, too_large

# A title may stand above the headings.
LINES_LOOKED_AT = 10
SEPARATORS = (",", ";", "\t")
Record = tuple[int, list[str]]


def records_of(stream: BinaryIO, encoding: str, separator: str) -> Iterator[Record]:
    """Each row with its number, as a spreadsheet program counts rows; raises Unread."""
    reader = csv.reader(_lines(stream, encoding), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if len(record) > limits.MAX_COLUMNS:
                raise too_large(f"{len(record):,} columns in row {number:,}", "The six columns of a case list")
            yield number, record
    except csv.Error:
        raise not_a_list(f"Quotation marks that do not close, after row {number:,}") from None


def separator_of(stream: BinaryIO, encoding: str, headings: frozenset[str]) -> str:
    """What parts the cells: with it, more cells of a line near the top are `headings`; a comma where none are."""
    filled = (line for line in _lines(stream, encoding) if line.strip(",; \t\"'\r\n"))
    first = list(islice(filled, LINES_LOOKED_AT))
    return max(SEPARATORS, key=lambda separator: max((_told(line, separator, headings) for line in first), default=0))


def _told(line: str, separator: str, headings: frozenset[str]) -> int:
    return len(headings & set(_keys(line, separator)))


def _keys(line: str, separator: str) -> list[str]:
    return [cell.strip(" \"'\r\n").casefold() for cell in line.split(separator)]


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines of bounded length. The stream stays open."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        while line := text.readline(limits.MAX_LINE + 1):
            if len(line) > limits.MAX_LINE:
                raise too_large(f"A line of more than {limits.MAX_LINE:,} characters", "A line for each case")
            yield line
    except UnicodeDecodeError:
        raise not_a_list("A CSV file with characters that cannot be read") from None
    finally:
        text.detach()
