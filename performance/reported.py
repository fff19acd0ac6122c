"""The numbers of a return by measure and area, and a measure in words: what the checks share."""

from collections.abc import Mapping
from dataclasses import dataclass

from performance.form import AskedMeasure, ReadLine, ReturnForm, Sheet
from performance.workbook.wording import lowered


@dataclass(frozen=True, slots=True)
class Reported:
    """The lines with a number by measure and area, and the form's measures and areas by key and code."""

    lines: Mapping[tuple[int, str], ReadLine]
    measures: Mapping[int, AskedMeasure]
    form: ReturnForm


def named(measure: AskedMeasure) -> str:
    """A measure in words: "Early Help pathway", "LAC Priority Assessment, caseload at month end"."""
    if measure.sheet is Sheet.CASELOAD:
        return f"{measure.label} pathway"
    parts = [measure.element, measure.characteristic]
    before = ", ".join(part for part in parts if part)
    return f"{before}, {lowered(measure.label)}" if before else measure.label
