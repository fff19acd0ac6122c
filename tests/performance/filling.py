"""Filling a blank return in as a provider does, by the labels and headings that stand in it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import openpyxl

from contracts.spreadsheet_text import without_mark
from performance.form import ReadLine, ReturnForm, Sheet
from performance.workbook import layout
from performance.workbook.labels import key_of
from performance.workbook.layout import Slot

# A number, a reason in place of the row's numbers, or nothing: the row is deleted.
Said = Decimal | str | None
Key = tuple[int, str]
PREPARED_ON = date(2019, 10, 2)


def said_in(lines: tuple[ReadLine, ...]) -> dict[Key, Said]:
    """What the lines of a return say, by measure and area."""
    return {(line.measure, line.area): line.value or line.not_reported_because or Decimal(0) for line in lines}


def filled_workbook(content: bytes, form: ReturnForm, said: Mapping[Key, Said]) -> bytes:
    """The workbook with what is `said` typed in, saved by another program."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook["Return"]["B6"], workbook["Return"]["B7"] = "NELFT Performance Team", PREPARED_ON
    for sheet in Sheet:
        into = workbook[sheet]
        headings = [str(cell.value) for cell in into[1]]
        for number in range(into.max_row, 1, -1):
            labels = [str(cell.value) for cell in into[number]]
            typed = dict(_typed(sheet, headings, labels, form, said))
            for column, value in typed.items():
                into.cell(number, column + 1).value = value
            if not typed:
                into.delete_rows(number)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def filled_csv(content: bytes, form: ReturnForm, said: Mapping[Key, Said]) -> bytes:
    """The CSV twin with what is `said` typed in."""
    filled, headings = [], []
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        if row[0] == "Return":
            filled.append([*row[:2], {"Prepared by": "NELFT", "Date prepared": "2 October 2019"}.get(row[1], row[2])])
        elif row[1] in layout.KEY_HEADINGS[Sheet(row[0])]:
            headings = row[1:]
            filled.append(row)
        else:
            typed = dict(_typed(Sheet(row[0]), headings, row[1:], form, said))
            cells = [str(typed.get(column, cell)) for column, cell in enumerate(row[1:])]
            filled.extend([[row[0], *cells]] if typed else [])
    stream = io.StringIO()
    csv.writer(stream).writerows(filled)
    return stream.getvalue().encode()


def _typed(
    sheet: Sheet, headings: list[str], labels: list[str], form: ReturnForm, said: Mapping[Key, Said]
) -> Iterator[tuple[int, Decimal | str]]:
    """The columns of a row, from 0, with what is typed into them."""
    key = _keys(labels[: len(layout.KEY_HEADINGS[sheet])])
    asked = next(row for row in layout.asked_rows(sheet, form) if [*map(key_of, row.labels)] == key)
    names = _keys(headings)
    for heading, slot in asked.slots.items():
        value = said.get((slot.measure.key, slot.area.code))
        if isinstance(value, str):
            yield names.index(key_of(layout.REASON)), value
        elif value is not None:
            yield names.index(key_of(heading)), value


def _keys(texts: Iterable[str]) -> list[str]:
    """What stands in cells, as labels are told apart."""
    return [key_of(without_mark(text)) for text in texts]


def every(form: ReturnForm, value: Callable[[Slot], Said]) -> dict[Key, Said]:
    """`value` of every number that the form's month is asked for."""
    rows = (row for sheet in Sheet for row in layout.asked_rows(sheet, form))
    slots = (slot for row in rows for slot in row.slots.values() if form.asks_for(slot.measure))
    return {(slot.measure.key, slot.area.code): value(slot) for slot in slots}
