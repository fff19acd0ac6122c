"""When a difference between two caseloads is resolved, and how a month of them stands. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """How one difference stands: signed is resolved, by an explanation that both sides signed."""

    TO_EXPLAIN = "to explain"
    WAITING = "waiting"
    SIGNED = "signed"


class MonthState(StrEnum):
    """How a month's two caseloads stand."""

    NOT_AVAILABLE = "Not available"
    AGREES = "Agrees"
    DISPUTED = "Disputed"
    EXPLAINED = "Explained and signed by both"


COLOURS = {
    MonthState.NOT_AVAILABLE: "grey",
    MonthState.AGREES: "green",
    MonthState.DISPUTED: "orange",
    MonthState.EXPLAINED: "green",
}


def seen_as(statuses: Mapping[int, str]) -> str:
    """A short text that differs as soon as one of these differences is gone, new or in another status.

    A page carries it in its forms, so that what is sent is held against what the person saw.
    """
    said = ",".join(f"{key}:{statuses[key]}" for key in sorted(statuses))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class AgreedFigure:
    """The children open at the month's end as both sides would have it, and when the second of them signed."""

    children: int
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """How a month stands: why it is not known, else how many of its differences are in each status."""

    month: date
    reason: str = ""
    to_explain: int = 0
    waiting: int = 0
    signed: int = 0
    signed_figure: AgreedFigure | None = None

    @property
    def differences(self) -> int:
        """How many ways there are in which a case differs."""
        return self.to_explain + self.waiting + self.signed

    @property
    def unresolved(self) -> int:
        """How many of them no signed explanation names."""
        return self.to_explain + self.waiting

    @property
    def state(self) -> MonthState:
        """The month's state: what is not known is neither agreed nor disputed."""
        if self.reason:
            return MonthState.NOT_AVAILABLE
        if self.unresolved:
            return MonthState.DISPUTED
        return MonthState.EXPLAINED if self.signed else MonthState.AGREES

    @property
    def is_disputed(self) -> bool:
        """Whether a difference is left that no signed explanation names."""
        return self.state is MonthState.DISPUTED

    @property
    def agreed(self) -> AgreedFigure | None:
        """The signed figure, while every difference is explained; before and after that it settles nothing."""
        return self.signed_figure if self.state is MonthState.EXPLAINED else None

    @property
    def words(self) -> str:
        """The state as a tag says it: "Disputed: 28 to explain"."""
        if not self.is_disputed:
            return self.state.value
        left = ((self.to_explain, "to explain"), (self.waiting, "to sign"))
        return f"{self.state.value}: {', '.join(f'{count:,} {what}' for count, what in left if count)}"

    @property
    def colour(self) -> str:
        """The colour of that tag."""
        return COLOURS[self.state]
