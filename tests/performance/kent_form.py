"""The Kent agreement's form as plain shapes, made of the rows of its August 2019 return. No database."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from performance.form import AskedArea, AskedMeasure, ReturnForm, Rule, RuleKind, Sheet

RETURNS = Path(__file__).parents[2] / "cypmhs_portal" / "demo" / "returns"
TODAY = date(2019, 10, 17)
EARLY_HELP = "Support to Early Help Units"
LOOKED_AFTER = "LAC Priority Assessment"
AREAS = (
    AskedArea("kent", "Kent", None),
    AskedArea("east-kent", "East Kent", "kent"),
    AskedArea("west-kent", "West Kent", "kent"),
)
Asked = tuple[Sheet, str, str, str, str]


def _asked() -> Iterator[Asked]:
    """Sheet, element, label, unit, characteristic of each measure in the workbook."""
    workbook = openpyxl.load_workbook(RETURNS / "nelft-return-2019-08.xlsx")
    rows = {sheet: list(workbook[sheet].iter_rows(min_row=2, values_only=True)) for sheet in Sheet}
    for element, label, unit, *_ in rows[Sheet.ACTIVITY]:
        yield Sheet.ACTIVITY, str(element), str(label), str(unit), ""
    for label, *_ in rows[Sheet.CASELOAD]:
        yield Sheet.CASELOAD, "", str(label), "children", ""
    for element in dict.fromkeys(str(row[0]) for row in rows[Sheet.WORKFORCE]):
        for label in ("Funded WTE", "In-post WTE", "Temporary WTE"):
            yield Sheet.WORKFORCE, element, label, "WTE", ""
    for element, label, *_ in rows[Sheet.OPEN_BOOK]:
        yield Sheet.OPEN_BOOK, str(element), str(label), "pounds", ""
    for element, characteristic, label, *_ in rows[Sheet.EQUALITY]:
        yield Sheet.EQUALITY, str(element), str(label), "children", str(characteristic)


MEASURES = tuple(
    AskedMeasure(key, sheet, element, label, unit, characteristic)
    for key, (sheet, element, label, unit, characteristic) in enumerate(_asked(), start=1)
)


def key_of_measure(sheet: Sheet, element: str, label: str, characteristic: str = "") -> int:
    """The key of a measure by its labels."""
    wanted = (sheet, element, label, characteristic)
    return next(
        measure.key
        for measure in MEASURES
        if (measure.sheet, measure.element, measure.label, measure.characteristic) == wanted
    )


CASELOAD = key_of_measure(Sheet.ACTIVITY, EARLY_HELP, "Caseload at month end")
REFERRALS = key_of_measure(Sheet.ACTIVITY, EARLY_HELP, "Referrals received")
THROUGH_SPA = key_of_measure(Sheet.ACTIVITY, EARLY_HELP, "Referrals received through the SPA")
CLOSED = key_of_measure(Sheet.ACTIVITY, EARLY_HELP, "Cases closed")
GOALS_MET = key_of_measure(Sheet.ACTIVITY, EARLY_HELP, "Cases closed with goals met")
DUE = key_of_measure(Sheet.ACTIVITY, LOOKED_AFTER, "Priority assessments due")
IN_STANDARD = key_of_measure(Sheet.ACTIVITY, LOOKED_AFTER, "Priority assessments completed within standard")
PATHWAY = key_of_measure(Sheet.CASELOAD, "", "Early Help")
RULES = (
    Rule(RuleKind.PART_OF, THROUGH_SPA, REFERRALS),
    Rule(RuleKind.PART_OF, GOALS_MET, CLOSED),
    Rule(RuleKind.PART_OF, IN_STANDARD, DUE),
    Rule(RuleKind.SAME_AS, PATHWAY, CASELOAD),
    *(Rule(RuleKind.ADDS_UP_TO, measure.key, CASELOAD) for measure in MEASURES if measure.sheet is Sheet.EQUALITY),
)
KENT_FORM = ReturnForm(
    agreement="KCC-CYPMHS-S76",
    provider="RAT",
    first_month=date(2017, 9, 1),
    end_month=date(2022, 9, 1),
    areas=AREAS,
    measures=MEASURES,
    rules=RULES,
    tolerance=Decimal(25),
)


def kent_form_for(reference: str) -> ReturnForm | None:
    """The form of the Kent agreement, and of no other."""
    return KENT_FORM if reference == KENT_FORM.agreement else None
