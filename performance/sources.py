"""Where the inputs of formulas come from.

Each kind of source has a label for the admin site and a reader that loads what it needs for some months once and
then answers one term at a time. Apps above this one add their own kinds (`funding.sources`) when they start, so
performance never knows of money.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Agreement
from performance.indicators import FormulaTerm, Input


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader must be able to answer for: an agreement, the first and last month, as known at a moment."""

    agreement: Agreement
    first_month: date
    last_month: date
    at: datetime


Answer = Callable[[FormulaTerm, str, date], Input]
"""(term with its element filled in, area code, month) → the input."""

Reader = Callable[[Scope], Answer]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of input: its name in formulas, its label and its reader."""

    name: str
    label: str
    read: Reader


_sources: dict[str, Source] = {}


def add_source(name: str, label: str, read: Reader) -> None:
    """Make a kind of input known. Called once for each kind when the portal starts."""
    _sources[name] = Source(name, label, read)


def all_sources() -> dict[str, Source]:
    """Every kind of input by name."""
    return dict(_sources)


def not_entered(label: str) -> Reader:
    """A reader for inputs that nobody has been able to enter yet: always missing, and says so."""

    def read(_scope: Scope) -> Answer:
        return lambda _term, _area, _month: Input(None, f"{label}.")

    return read
