"""A figure as a notice quotes it, and what of it tells whether it is still the same. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.periods import parse_month


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """What was known of a figure at `as_at`; the fields are those of `contracts.models.EvidenceFigure`.

    `value` is None where it is not available, and `why_not_available` then says why. `doubt` says in a sentence what
    stands against it: that the two sides dispute it, or signed another figure in its place.
    """

    as_at: datetime
    indicator_code: str
    indicator_name: str
    area_code: str
    area_name: str
    month: date
    unit: str
    value: Decimal | None
    element_code: str = ""
    element_name: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    agreed: Decimal | None = None
    agreed_is_illustrative: bool = False
    verdict: str = ""
    why_not_available: str = ""
    doubt: str = ""
    sources: tuple[dict[str, Any], ...] = ()
    series: tuple[dict[str, Any], ...] = ()


def name_with_element(indicator: str, element: str) -> str:
    """What a figure is called: "Staff in post, Early Help"; the element is named once."""
    return indicator if not element or element in indicator else f"{indicator}, {element}"


@dataclass(frozen=True, slots=True)
class QuotedMonth:
    """One month of a figure's series: its value and what was agreed for it, None where there was none."""

    month: date
    value: Decimal | None
    agreed: Decimal | None


def months_of_series(series: Iterable[Mapping[str, Any]]) -> tuple[QuotedMonth, ...]:
    """The months of a series as evidence keeps it: {"month": "2019-08", "value": "191", "target": "300"}."""
    return tuple(
        QuotedMonth(parse_month(str(one["month"])[:7]), _number(one.get("value")), _number(one.get("target")))
        for one in series
        if one.get("month")
    )


def fingerprint_of(quoted: Sequence[QuotedFigure]) -> str:
    """What tells whether figures are those that somebody saw, whenever they are quoted; empty for none at all."""
    return hashlib.sha256(repr([_what_is_seen(one) for one in quoted]).encode()).hexdigest() if quoted else ""


def _number(kept: Any) -> Decimal | None:
    return None if kept is None else Decimal(str(kept))


def _what_is_seen(one: QuotedFigure) -> tuple[object, ...]:
    return (
        (one.indicator_code, one.element_code, one.area_code, one.month, one.value, one.numerator, one.denominator),
        (one.agreed, one.agreed_is_illustrative, one.verdict, one.why_not_available, one.doubt),
        months_of_series(one.series),
    )
