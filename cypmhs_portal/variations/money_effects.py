"""What a variation does to money, read from the funding lines as they are and as they would be, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.formatting import money, month_name, pounds
from contracts.models import Variation, VariationPart
from contracts.variations.ranges import DoesNotFit
from contracts.variations.subjects import key_of
from cypmhs_portal.variations.money import NOTHING, BeforeAndAfter, Line, MoneyMoved, money_moved, with_changes
from funding.models import FundingLine
from funding.payers import council_of, is_council_money

FUNDING, ELEMENT = "funding", "element"


def money_effects(variation: Variation, parts: Sequence[VariationPart]) -> dict[str, Any] | None:
    """The council's money by element and month, before and after; None where no money moves."""
    if not any(part.subject in (FUNDING, ELEMENT) for part in parts):
        return None
    moved = _moved(variation, parts)
    names = {one.code: one.name for one in variation.agreement.elements.order_by("position", "pk")}
    return {
        "from": month_name(variation.in_force_from),
        "elements": [
            _row(names[code], moved.elements[code]) | {"left": _row("", moved.remaining[code])}
            for code in names
            if code in moved.elements
        ],
        "council": _row("The council’s money", moved.council) | {"left": _row("", moved.left)},
        "contract": _row("The whole contract", moved.contract),
        "months": [_row(month_name(month), both, in_pence=True) for month, both in moved.months.items()],
    }


def _moved(variation: Variation, parts: Sequence[VariationPart]) -> MoneyMoved:
    agreement, on = variation.agreement, variation.in_force_from
    lines = _lines(variation)
    ends = {one.code: one.in_force_until for one in agreement.elements.all() if one.in_force_until}
    codes = {str(one.pk): one.code for one in agreement.elements.all()}
    ended = {codes[part.thing]: on for part in parts if part.subject == ELEMENT and part.thing in codes}
    after = lines
    changes = {part.thing: part.values for part in parts if part.subject == FUNDING}
    for thing, values in changes.items():
        try:
            after = with_changes(after, {thing: values}, _made(variation, thing, codes), on)
        except DoesNotFit:
            # It is said beside the part; its money stays as it is agreed.
            continue
    starts, until = agreement.starts_on, agreement.ends_on
    return money_moved(
        [line.within(starts, until, ends) for line in lines],
        [line.within(starts, until, _earliest(ends, ended)) for line in after],
        on,
        until,
    )


def _earliest(ends: dict[str, date], ended: dict[str, date]) -> dict[str, date]:
    return {code: min(day for day in (ends.get(code), ended.get(code)) if day) for code in ends.keys() | ended.keys()}


def _lines(variation: Variation) -> list[Line]:
    council = council_of(variation.agreement)
    rows = variation.agreement.funding_lines.select_related("element").order_by("element__position", "in_force_from")
    return [_line(row, is_council_money(row, council)) for row in rows]


def _line(row: FundingLine, is_councils: bool) -> Line:
    return Line(
        thing=key_of(row.funder_id, row.element_id),
        element=row.element.code if row.element else None,
        is_councils=is_councils,
        annual=row.annual_amount,
        begins=row.in_force_from,
        ends=row.in_force_until,
    )


def _made(variation: Variation, thing: str, codes: dict[str, str]) -> dict[str, Line]:
    """What a line of a thing that has none yet would be for; only a council's money can begin so."""
    element = codes.get(thing.partition("-")[2])
    return {thing: Line(thing, element, element is not None, NOTHING, variation.in_force_from, None)}


def _row(name: str, both: BeforeAndAfter, *, in_pence: bool = False) -> dict[str, str | bool]:
    write = money if in_pence else pounds
    return {
        "name": name,
        "before": write(both.before),
        "after": write(both.after),
        "moved": write(both.moved),
        "is_moved": bool(both.moved),
    }
