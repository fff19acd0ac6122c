"""A term of a contract lever in words: what must be found before the portal suggests it. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.formatting import count_of, term
from performance.lever_words import OPERATIONAL_DAY, Measured


@dataclass(frozen=True, slots=True)
class TermRead:
    """The numbers of a term; those that its signal does not use are None. `signal` is that of `models.Signal`."""

    signal: str
    measured: Measured | None = None
    months: int | None = None
    days: int | None = None
    threshold: Decimal | None = None


def term_in_words(read: TermRead) -> str:
    """ "Early Help caseload misses its target for 3 months running or more"."""
    if read.measured is None:
        return f"a return is {count_of(read.days or 0, OPERATIONAL_DAY)} late or more"
    running = f"for {count_of(read.months or 0, 'month')}{' running' if read.months != 1 else ''} or more"
    name = read.measured.full_name
    if read.signal == "staff-below":
        return f"{name} is below {term(read.threshold, read.measured.unit)} {running}"
    if read.signal == "not-reported":
        return f"{name} is not reported {running}"
    return f"{name} misses its target {running}"
