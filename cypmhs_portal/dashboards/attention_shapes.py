"""What needs attention, as one thing to act on, and what the sources of such things are given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Agreement, NoticeClock
from contracts.operational_days import OperationalCalendar
from cypmhs_portal.dashboards.element_rows import ElementRow
from performance.returns_held import ReturnsHeld


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to act on: its state as a tag, what it is, where it stands, and who acts next."""

    state: str
    colour: str
    what: str
    url: str
    detail: str
    who: str


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An agreement on the day `on`, as known at `as_at`, None for now; `parties` are short names by role.

    `clocks` are those that run now, the next that is due first.
    """

    agreement: Agreement
    parties: Mapping[str, str]
    rows: Sequence[ElementRow]
    returns: ReturnsHeld
    clocks: Sequence[NoticeClock]
    calendar: OperationalCalendar
    on: date
    as_at: datetime | None

    def who(self, role: str) -> str:
        """The short name of the party in that role; empty where there is none."""
        return self.parties.get(role, "")


Source = Callable[[LookedAt], Iterator[Attention]]
