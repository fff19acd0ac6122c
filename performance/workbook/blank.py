"""What stands in the blank return of a month, cell by cell: the same for the workbook and for its CSV twin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from contracts.formatting import month_short
from contracts.spreadsheet_text import neutralised
from performance.form import ReturnForm, Sheet
from performance.workbook import layout
from performance.workbook.header import FIELD, VALUE
from performance.workbook.layout import AskedRow, Slot
from performance.workbook.numbers import Quantity, quantity_of
from performance.workbook.wording import visible

NOT_REPORTED = "Not reported"
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Blank:
    """What a blank return is made from.

    `form` is the form for its month. `values` and `unreported` are those of the last return accepted before it, of
    `earlier_month`: numbers, and reasons in their place, by measure and area. Without one there is no reference.
    """

    form: ReturnForm
    month: date
    earlier_month: date | None = None
    values: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    unreported: Mapping[tuple[int, str], str] = field(default_factory=dict)


class Kind(StrEnum):
    """What a cell is for."""

    GIVEN = "filled in by the portal"
    ENTRY = "a text or date to type"
    NUMBER = "a number to type"
    NOT_ASKED = "a number that the month is not asked for"
    REASON = "why there is no number"
    COMMENT = "a comment"
    REFERENCE = "what was accepted before"


@dataclass(frozen=True, slots=True)
class BlankCell:
    """One cell: what it is for, what the portal writes into it, and how a number in it is read."""

    kind: Kind
    value: Value = None
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One sheet: its headings, with what their columns are for, and its rows."""

    name: str
    headings: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[BlankCell, ...], ...]

    def filled(self, value: Callable[[BlankCell], Value]) -> "BlankSheet":
        """The sheet with `value` of each cell in it."""
        rows = (tuple(replace(cell, value=value(cell)) for cell in row) for row in self.rows)
        return replace(self, rows=tuple(rows))


def blank_sheets(blank: Blank) -> tuple[BlankSheet, ...]:
    """Every sheet of format version 1, the sheet Return first."""
    return (_return_sheet(blank), *(_sheet(sheet, blank) for sheet in Sheet))


def rows_asked(sheet: Sheet, form: ReturnForm) -> tuple[AskedRow, ...]:
    """The rows of `sheet` in which the month is asked for anything."""
    rows = layout.asked_rows(sheet, form)
    return tuple(row for row in rows if any(form.asks_for(slot.measure) for slot in row.slots.values()))


def _return_sheet(blank: Blank) -> BlankSheet:
    given: dict[str, Value] = {
        layout.FORMAT_FIELD: layout.FORMAT_VERSION,
        layout.AGREEMENT_FIELD: written(blank.form.agreement),
        layout.PROVIDER_FIELD: written(blank.form.provider),
        layout.MONTH_FIELD: blank.month,
    }
    rows = tuple(
        (BlankCell(Kind.GIVEN, name), BlankCell(Kind.GIVEN if name in given else Kind.ENTRY, given.get(name)))
        for name in layout.RETURN_FIELDS
    )
    return BlankSheet(layout.RETURN_SHEET, (FIELD, VALUE), (Kind.GIVEN, Kind.ENTRY), rows)


def _sheet(sheet: Sheet, blank: Blank) -> BlankSheet:
    numbers = layout.needed_headings(sheet, blank.form)
    headings = _headings(sheet, blank.form, numbers)
    kinds = tuple(_kind(heading, numbers) for heading in headings)
    asked = rows_asked(sheet, blank.form)
    shown = numbers if blank.earlier_month and asked else ()
    columns = tuple(zip(headings, kinds, strict=True))
    return BlankSheet(
        name=str(sheet),
        headings=(*map(written, headings), *(_reference_heading(heading, blank) for heading in shown)),
        kinds=(*kinds, *(Kind.REFERENCE for _ in shown)),
        rows=tuple(
            (
                *(_cell(heading, kind, row, sheet, blank.form) for heading, kind in columns),
                *(_reference(row.slots.get(heading), blank) for heading in shown),
            )
            for row in asked
        ),
    )


def _headings(sheet: Sheet, form: ReturnForm, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The sheet's headings without those of numbers that the month is not asked for."""
    spared = {*layout.number_headings(sheet, form)} - {*numbers}
    return tuple(heading for heading in layout.all_headings(sheet, form) if heading not in spared)


def _kind(heading: str, numbers: tuple[str, ...]) -> Kind:
    notes = {layout.REASON: Kind.REASON, layout.COMMENT: Kind.COMMENT}
    return Kind.NUMBER if heading in numbers else notes.get(heading, Kind.GIVEN)


def _cell(heading: str, kind: Kind, row: AskedRow, sheet: Sheet, form: ReturnForm) -> BlankCell:
    if kind is Kind.GIVEN:
        labels = dict(zip(layout.KEY_HEADINGS[sheet], row.labels, strict=True))
        return BlankCell(kind, written(labels.get(heading, row.unit)))
    if kind is not Kind.NUMBER:
        return BlankCell(kind)
    slot = row.slots.get(heading)
    if slot is None or not form.asks_for(slot.measure):
        return BlankCell(Kind.NOT_ASKED)
    return BlankCell(kind, quantity=quantity_of(slot.measure.unit))


def _reference_heading(heading: str, blank: Blank) -> str:
    return f"{layout.REFERENCE}, {month_short(blank.earlier_month)}: {visible(heading)}"


def _reference(slot: Slot | None, blank: Blank) -> BlankCell:
    """What was accepted for a number before; blank where nothing was."""
    if slot is None:
        return BlankCell(Kind.REFERENCE)
    key = (slot.measure.key, slot.area.code)
    value = blank.values.get(key)
    if value is None:
        return BlankCell(Kind.REFERENCE, NOT_REPORTED if key in blank.unreported else None)
    return BlankCell(Kind.REFERENCE, _tidy(value), quantity_of(slot.measure.unit))


def written(text: str) -> str:
    """A label as a file holds it: nothing unseen in it, and nothing that a program would calculate."""
    return neutralised(visible(text))


def _tidy(value: Decimal) -> Decimal:
    """The same number without needless noughts: 191, not 191.0000 or 1.91E+2."""
    return Decimal(f"{value.normalize():f}")
