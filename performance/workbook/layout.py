"""How format version 1 lays an agreement's measures out on its sheets: the one description for reading and writing.

A row is known by its key columns; each of its number columns asks for one measure in one area.
"""

import re
from dataclasses import dataclass, field

from performance.form import WHOLE_SERVICE, AskedArea, AskedMeasure, ReturnForm, Sheet
from performance.workbook.labels import key_of

FORMAT_VERSION = 1
RETURN_SHEET = "Return"
FINDINGS_SHEET = "Findings"
GUIDE_SHEET = "How to fill this in"
ELEMENT = "Service element"
MEASURE = "Measure"
UNIT = "Unit"
PATHWAY = "Pathway"
AREA = "Area"
COST_CATEGORY = "Cost category"
AMOUNT = "Amount (£)"
CHARACTERISTIC = "Characteristic"
GROUP = "Group"
CHILDREN = "Children"
REASON = "Not reported because"
COMMENT = "Comment"
REFERENCE = "Last accepted"

FORMAT_FIELD = "Format version"
AGREEMENT_FIELD = "Agreement"
PROVIDER_FIELD = "Provider ODS code"
MONTH_FIELD = "Reporting month"
PREPARED_BY_FIELD = "Prepared by"
PREPARED_ON_FIELD = "Date prepared"
RETURN_FIELDS = (
    FORMAT_FIELD,
    AGREEMENT_FIELD,
    PROVIDER_FIELD,
    MONTH_FIELD,
    PREPARED_BY_FIELD,
    PREPARED_ON_FIELD,
)

KEY_HEADINGS = {
    Sheet.ACTIVITY: (ELEMENT, MEASURE),
    Sheet.CASELOAD: (PATHWAY,),
    Sheet.WORKFORCE: (ELEMENT, AREA),
    Sheet.OPEN_BOOK: (ELEMENT, COST_CATEGORY),
    Sheet.EQUALITY: (ELEMENT, CHARACTERISTIC, GROUP),
}
# As in nelft-return-2019-08.xlsx.
MONTH_IN_FILE_NAME = re.compile(r"(?<!\d)(20\d\d-(?:0[1-9]|1[0-2]))(?!-?\d)")
SHEET_NAMES = (RETURN_SHEET, *(str(sheet) for sheet in Sheet))
# The portal's own sheets for people: one in a marked workbook, one in a template.
PASSED_OVER = frozenset({key_of(FINDINGS_SHEET), key_of(GUIDE_SHEET)})


@dataclass(frozen=True, slots=True)
class Slot:
    """One number asked for."""

    measure: AskedMeasure
    area: AskedArea


@dataclass(slots=True)
class AskedRow:
    """A row of a sheet: the labels in its key columns, and what each number column asks for."""

    labels: tuple[str, ...]
    slots: dict[str, Slot] = field(default_factory=dict)

    @property
    def is_required(self) -> bool:
        """Whether the row may not be left out."""
        return any(slot.measure.required for slot in self.slots.values())

    @property
    def unit(self) -> str:
        """The unit of the row's first number; on Activity, of all of them."""
        return next(iter(self.slots.values())).measure.unit


def is_findings_sheet(name: str) -> bool:
    """Whether a sheet is the list of findings that the portal puts into a marked workbook."""
    return key_of(name) == key_of(FINDINGS_SHEET)


def number_headings(sheet: Sheet, form: ReturnForm) -> tuple[str, ...]:
    """The headings of the columns with numbers, in the order that the portal writes them."""
    if sheet in {Sheet.ACTIVITY, Sheet.CASELOAD}:
        return tuple(area.name for area in (*_parts_first(form), form.whole))
    if sheet is Sheet.WORKFORCE:
        return tuple(dict.fromkeys(measure.label for measure in form.measures if measure.sheet is sheet))
    return (AMOUNT,) if sheet is Sheet.OPEN_BOOK else (CHILDREN,)


def needed_headings(sheet: Sheet, form: ReturnForm) -> tuple[str, ...]:
    """The headings of the columns with numbers that may not be left out: those with something asked for."""
    if sheet is not Sheet.WORKFORCE:
        return number_headings(sheet, form)
    asked = (measure.label for measure in form.measures if measure.sheet is sheet and form.asks_for(measure))
    return tuple(dict.fromkeys(asked))


def all_headings(sheet: Sheet, form: ReturnForm) -> tuple[str, ...]:
    """Every heading of a sheet that the portal writes. Reason and Comment are also read where it writes neither."""
    unit = (UNIT,) if sheet is Sheet.ACTIVITY else ()
    reason = (REASON,) if sheet is Sheet.ACTIVITY else ()
    comment = () if sheet is Sheet.EQUALITY else (COMMENT,)
    return (*KEY_HEADINGS[sheet], *unit, *number_headings(sheet, form), *reason, *comment)


def asked_rows(sheet: Sheet, form: ReturnForm) -> tuple[AskedRow, ...]:
    """The rows that `form` asks for on `sheet`, in the form's order."""
    rows: dict[tuple[str, ...], AskedRow] = {}
    for measure in form.measures:
        if measure.sheet is sheet:
            for area in _areas_of(sheet, form):
                labels = _labels(measure, area)
                row = rows.setdefault(labels, AskedRow(labels))
                row.slots[_heading(measure, area)] = Slot(measure, area)
    return tuple(rows.values())


def is_passed_over(sheet_name: str) -> bool:
    """Whether a sheet is one that the portal writes for people to read, and does not read itself."""
    return key_of(sheet_name) in PASSED_OVER


def is_reference(heading: str) -> bool:
    """Whether a column only shows what was accepted before: what stands under it is never read as a number."""
    return key_of(heading).startswith(key_of(REFERENCE))


def element_label(measure: AskedMeasure) -> str:
    """What stands in the service element's column."""
    return measure.element or WHOLE_SERVICE


def _parts_first(form: ReturnForm) -> tuple[AskedArea, ...]:
    return tuple(area for area in form.areas if area.parent is not None)


def _areas_of(sheet: Sheet, form: ReturnForm) -> tuple[AskedArea, ...]:
    if sheet in {Sheet.ACTIVITY, Sheet.CASELOAD}:
        return (*_parts_first(form), form.whole)
    return form.parts if sheet is Sheet.WORKFORCE else (form.whole,)


def _labels(measure: AskedMeasure, area: AskedArea) -> tuple[str, ...]:
    """The key columns of the row that a measure stands in."""
    if measure.sheet is Sheet.CASELOAD:
        return (measure.label,)
    if measure.sheet is Sheet.WORKFORCE:
        return (element_label(measure), area.name)
    if measure.sheet is Sheet.EQUALITY:
        return (element_label(measure), measure.characteristic, measure.label)
    return (element_label(measure), measure.label)


def _heading(measure: AskedMeasure, area: AskedArea) -> str:
    """The heading of the column that a measure's number stands in."""
    if measure.sheet in {Sheet.ACTIVITY, Sheet.CASELOAD}:
        return area.name
    if measure.sheet is Sheet.WORKFORCE:
        return measure.label
    return AMOUNT if measure.sheet is Sheet.OPEN_BOOK else CHILDREN
