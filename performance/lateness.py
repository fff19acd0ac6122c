"""How a month's return stands against the day it is due. Pure."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from contracts.formatting import count_of
from contracts.operational_days import OperationalCalendar
from contracts.periods import add_months

OPERATIONAL_DAY = "Operational Day"


class ReturnState(StrEnum):
    """How far a month's return has come."""

    NOT_DUE = "Not due yet"
    DUE = "Due"
    LATE = "Late"
    DRAFT = "Draft"
    SUBMITTED = "Waiting for acceptance"
    SENT_BACK = "Sent back"
    ACCEPTED = "Accepted"


def state_of_return(month: date, due_on: date, today: date, versions: Collection[str]) -> ReturnState:
    """The state of the return of `month`, from the states of its versions that the reader may see.

    An accepted version holds until another is accepted. A version in progress comes before one that was sent back.
    Without either, the return is not due while its month runs, due up to and with `due_on`, and late from the day
    after (domain.md, "The monthly return").
    """
    for of_version, of_return in (
        ("accepted", ReturnState.ACCEPTED),
        ("submitted", ReturnState.SUBMITTED),
        ("draft", ReturnState.DRAFT),
        ("sent-back", ReturnState.SENT_BACK),
    ):
        if of_version in versions:
            return of_return
    if today < add_months(month, 1):
        return ReturnState.NOT_DUE
    return ReturnState.DUE if today <= due_on else ReturnState.LATE


def is_outstanding(state: ReturnState, due_on: date, on: date) -> bool:
    """Whether a return is missing though its day has passed: none came, or the one that came was sent back.

    What was sent back is answered by another version; until that comes it is late since the day it was due.
    """
    return state in (ReturnState.LATE, ReturnState.SENT_BACK) and is_late(due_on, on)


def is_late(due_on: date, on: date) -> bool:
    """Whether something of that day is late: it is on time up to and with the day it is due (003 §4.2)."""
    return on > due_on


def lateness(due_on: date, on: date, calendar: OperationalCalendar) -> str:
    """How `on` stands to the due day in Operational Days: "3 Operational Days late", "1 Operational Day early"."""
    days = calendar.between(due_on, on)
    if is_late(due_on, on):
        return f"{count_of(days, OPERATIONAL_DAY)} late" if days else f"less than 1 {OPERATIONAL_DAY} late"
    return f"{count_of(-days, OPERATIONAL_DAY)} early" if days else "on the day it was due"


def days_late(due_on: date, first_signed_on: date | None, on: date, calendar: OperationalCalendar) -> int | None:
    """Whole Operational Days that a return came late, or by the day `on` is; 0 in time, None while it may yet be."""
    came = first_signed_on or on
    if is_late(due_on, came):
        return calendar.between(due_on, came)
    return None if first_signed_on is None else 0


def time_left(due_on: date, today: date, calendar: OperationalCalendar) -> str:
    """How long there is left to the due day: "due in 2 Operational Days", "due today", or how late it is."""
    if is_late(due_on, today):
        return lateness(due_on, today, calendar)
    days = calendar.between(today, due_on)
    return f"due in {count_of(days, OPERATIONAL_DAY)}" if days else "due today"
