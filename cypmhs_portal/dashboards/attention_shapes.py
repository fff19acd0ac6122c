"""What needs attention, as one thing to act on, and what the sources of such things are given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Agreement
from contracts.operational_days import OperationalCalendar
from cypmhs_portal.dashboards.element_rows import ElementRow
from cypmhs_portal.dashboards.running_levers import NOTHING_RUNS, RunningLevers
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

    `levers` are the clocks that run and the milestones to be met now; none where the reader may not know of them.
    """

    agreement: Agreement
    parties: Mapping[str, str]
    rows: Sequence[ElementRow]
    returns: ReturnsHeld
    calendar: OperationalCalendar
    on: date
    as_at: datetime | None
    levers: RunningLevers = NOTHING_RUNS

    def who(self, role: str) -> str:
        """The short name of the party in that role; empty where there is none."""
        return self.parties.get(role, "")


Source = Callable[[LookedAt], Iterator[Attention]]
