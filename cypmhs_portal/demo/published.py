"""The figures that the source papers publish, and how the portal works each out again."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from contracts.models import Agreement, PublishedFigure, Recomputation

DATA = Path(__file__).parent / "data" / "published_figures.csv"
APRIL, AUGUST = date(2019, 4, 1), date(2019, 8, 1)
FIGURE, MEAN, CHANGE = Recomputation.FIGURE, Recomputation.MEAN_BEFORE, Recomputation.CHANGE

# code: how, indicator, element, month
FROM_FIGURES = {
    "P02": (MEAN, "early-help-caseload", "", APRIL),
    "P03": (FIGURE, "early-help-caseload", "", APRIL),
    "P04": (CHANGE, "early-help-caseload", "", APRIL),
    "P05": (MEAN, "early-help-consultations", "", APRIL),
    "P06": (FIGURE, "early-help-consultations", "", APRIL),
    "P07": (CHANGE, "early-help-consultations", "", APRIL),
    "P08": (MEAN, "early-help-liaisons", "", APRIL),
    "P09": (FIGURE, "early-help-liaisons", "", APRIL),
    "P10": (CHANGE, "early-help-liaisons", "", APRIL),
    "P11": (FIGURE, "early-help-caseload", "", AUGUST),
    "P12": (FIGURE, "total-caseload", "", AUGUST),
    "P13": (FIGURE, "neurodevelopmental-share", "", AUGUST),
    "P14": (FIGURE, "early-help-caseload-share", "", AUGUST),
    "P15": (FIGURE, "spend-share-of-contract", "ehu", AUGUST),
    "P16": (FIGURE, "lac-in-standard", "", AUGUST),
    "P17": (FIGURE, "hsb-caseload", "", AUGUST),
    "P18": (FIGURE, "khnes-in-post", "", AUGUST),
}
FROM_AMOUNTS = {
    "F01": "1000000+288288+1440000",
    "F12": "13800000+2657000",
    "F13": "1000000+217000+40000",
    "F14": "2657000-1257000-200000",
    "F15": "2657000-1257000-1200000",
    "X03": "82504977/5",
}
# The annual amounts in force, of one element or of all of KCC's.
FROM_FUNDING = {"F05": "ehu", "F06": "khnes", "F07": "lac", "F08": "hsb", "F09": "", "F10": ""}
# What the other amounts are of: stated before the agreement, or moved out of the element by a decision.
OF_ELEMENTS = {"F02": "lac", "F03": "hsb", "F04": "ehu", "F14": "ehu", "F15": "khnes"}
# The step of the last digit that the paper states, where the number is not stated in full.
STATED_TO = {
    "F09": "10000",
    "F10": "100000",
    "F11": "100000",
    "F12": "100000",
    "F14": "100000",
    "F15": "100000",
    "P14": "0.1",
    "P22": "0.1",
}


def load_published_figures(agreement: Agreement) -> None:
    """One row for each published figure, with what it recomputes from where the portal can."""
    indicators = {indicator.code: indicator for indicator in agreement.indicators.all()}
    elements = {element.code: element for element in agreement.elements.all()}
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        code = row["id"]
        how, indicator, element, month = _recomputation(code)
        PublishedFigure.objects.create(
            agreement=agreement,
            code=code,
            topic=row["topic"],
            figure=row["figure"],
            value=row["value"],
            unit=row["unit"],
            period=row["period"],
            stated_as=row["stated_as"],
            source=row["source"],
            note=row["note"],
            recomputation=how,
            arithmetic=FROM_AMOUNTS.get(code, ""),
            indicator=indicators.get(indicator),
            element=elements.get(element),
            month=month,
            stated_to=Decimal(STATED_TO.get(code, "1")) if _is_number(row["value"]) else None,
        )


def _recomputation(code: str) -> tuple[Recomputation, str, str, date | None]:
    if code in FROM_FIGURES:
        return FROM_FIGURES[code]
    if code in FROM_AMOUNTS:
        return Recomputation.ARITHMETIC, "", OF_ELEMENTS.get(code, ""), None
    if code in FROM_FUNDING:
        return Recomputation.FUNDING, "", FROM_FUNDING[code], AUGUST
    return Recomputation.NONE, "", OF_ELEMENTS.get(code, ""), None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
