"""What a template says about how it is filled in: a sheet for people, which the reader passes over."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from contracts.formatting import month_name
from performance.form import AskedMeasure, ReturnForm, RuleKind
from performance.reported import named
from performance.workbook import layout
from performance.workbook.blank import Blank, written
from performance.workbook.limits import MAX_NOTE
from performance.workbook.wording import listed, lowered, sentence

COMMON_REASONS = (
    "Not recorded separately",
    "Counted each quarter, not each month",
    "The system that holds it was not available",
    "The figures are still being checked",
)


class Style(StrEnum):
    """How a line of the guide looks."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One row of the guide."""

    style: Style
    text: str


def guide_lines(blank: Blank) -> tuple[GuideLine, ...]:
    """The guide of a month's return, from its title to the reasons that a row may give."""
    lines = [(Style.TITLE, f"How to fill in the return for {month_name(blank.month)}")]
    for heading, texts in _parts(blank):
        lines.append((Style.HEADING, heading))
        lines.extend((Style.REASON if heading == REASONS else Style.TEXT, text) for text in texts)
    return tuple(GuideLine(style, written(text)) for style, text in lines)


REASONS = "Reasons to choose from, or give your own"


def _parts(blank: Blank) -> Iterator[tuple[str, list[str]]]:
    """Headings and what stands under them; a heading with nothing under it is left out."""
    parts = (
        ("What to type", list(_what_to_type(blank))),
        ("What must agree", list(_what_must_agree(blank.form))),
        ("Rows that may be deleted", _optional(blank.form)),
        ("When it is filled in", list(_afterwards())),
        (REASONS, list(dict.fromkeys((*blank.unreported.values(), *COMMON_REASONS)))),
    )
    return ((heading, texts) for heading, texts in parts if texts)


def _what_to_type(blank: Blank) -> Iterator[str]:
    yield "On sheet Return: who prepared the return, and the date. The other fields are filled in already."
    yield "In every white cell for a number: the number. Type 0 if there were none."
    yield "A blank cell is not 0. It is a mistake unless the row says why it is blank."
    yield (
        f"If you cannot report a row: leave its numbers blank and give the reason under ‘{layout.REASON}’. "
        f"On a sheet without that column, add a column with that heading. Never type a reason and a number in one row."
    )
    yield "Children, contacts and other counts are whole numbers. WTE may have decimals (0.6). Pounds may have pence."
    yield f"A comment is welcome, of no more than {MAX_NOTE} characters. The commissioners read it."
    yield "Never name a child. Names, dates of birth, NHS numbers and postcodes are refused, and the file is not kept."
    if blank.earlier_month is not None:
        month = month_name(blank.earlier_month)
        yield f"The grey columns show the last accepted return, for {month}. They are not read."


def _what_must_agree(form: ReturnForm) -> Iterator[str]:
    measures = {measure.key: measure for measure in form.measures if form.asks_for(measure)}
    for area in form.areas:
        parts = [one.name for one in form.areas if one.parent == area.code]
        if len(parts) > 1:
            yield f"{listed(parts)} add up to {area.name}, on Activity and Caseload by pathway."
        elif parts:
            yield f"{parts[0]} is the same as {area.name}, on Activity and Caseload by pathway."
    sentences = (
        _in_words(rule.kind, measures[rule.measure], measures[rule.against])
        for rule in form.rules
        if rule.measure in measures and rule.against in measures
    )
    yield from dict.fromkeys(sentences)


def _in_words(kind: RuleKind, measure: AskedMeasure, against: AskedMeasure) -> str:
    if kind is RuleKind.PART_OF:
        return f"{sentence(named(measure))}: no more than {lowered(against.label)}."
    if kind is RuleKind.SAME_AS:
        return f"{sentence(named(measure))}: the same as {named(against)}."
    return f"Equality, {lowered(measure.characteristic)}: the groups add up to {named(against)}."


def _optional(form: ReturnForm) -> list[str]:
    """The rows that a return may leave out, by sheet."""
    by_sheet: dict[str, dict[str, None]] = {}
    for measure in form.measures:
        if not measure.required and form.asks_for(measure):
            by_sheet.setdefault(str(measure.sheet), {})[named(measure)] = None
    return [
        f"{sheet}: {'; '.join(names)}. Delete the whole row of what is no part of the month; otherwise fill it in."
        for sheet, names in by_sheet.items()
    ]


def _afterwards() -> Iterator[str]:
    yield "Save it as an Excel workbook (.xlsx) under any name, and upload it in the portal under Returns."
    yield "The portal checks it and shows everything it finds at once. Nobody else sees it before your signatory signs."
