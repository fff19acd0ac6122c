"""One month's return as the list, the grid and the rates of the page of returns read it."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.periods import month_start
from performance.lateness import ReturnState

COLOURS = {
    ReturnState.NOT_DUE: "grey",
    ReturnState.DUE: "yellow",
    ReturnState.LATE: "red",
    ReturnState.DRAFT: "yellow",
    ReturnState.SUBMITTED: "blue",
    ReturnState.SENT_BACK: "orange",
    ReturnState.ACCEPTED: "green",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A version under way beside the accepted one."""

    number: int
    state: ReturnState


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One month's return. `number` is the version that its state is about; None where there is none to see.

    `first_signed_on` is the day a version was first signed off that was not withdrawn. Of a month that no return is
    required for `is_due` holds too once its day has come; `is_required` tells them apart.
    `days_late` are the whole Operational Days that it first came late, or is late so far; None before it is due.
    """

    month: date
    due_on: date
    state: ReturnState
    note: str
    number: int | None
    correction: Correction | None
    signed_off_at: datetime | None
    accepted_at: datetime | None
    first_signed_on: date | None
    is_due: bool
    is_required: bool
    days_late: int | None = None

    def has_begun(self, on: date) -> bool:
        """Whether its month had begun on the day `on`, or somebody reported it before."""
        return self.month <= month_start(on) or bool(self.number)

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return COLOURS[self.state]
