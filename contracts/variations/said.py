"""What somebody says of a variation when drafting it. Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.periods import add_calendar_months


@dataclass(frozen=True, slots=True)
class VariationSaid:
    """Title, reason, first day in force, the notice that is given of it, and the decision it carries out."""

    title: str
    reason: str
    in_force_from: date
    decision: int | None = None
    notice_given_on: date | None = None
    notice_months: int | None = None
    notice_reference: str = ""


def notice_ends_on(given_on: date | None, months: int | None) -> date | None:
    """The first day after the notice; None where none is given. Corresponding date rule, in calendar months."""
    return add_calendar_months(given_on, months) if given_on and months else None
