"""A figure as a notice quotes it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


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
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    agreed: Decimal | None = None
    agreed_is_illustrative: bool = False
    verdict: str = ""
    why_not_available: str = ""
    doubt: str = ""
    sources: tuple[dict[str, Any], ...] = ()
    series: tuple[dict[str, Any], ...] = ()
