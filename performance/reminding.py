"""Which reminder of a return is due on a day. Pure."""

from collections.abc import Iterable
from datetime import date

from contracts.formatting import count_of
from contracts.operational_days import OperationalCalendar
from performance.lateness import OPERATIONAL_DAY

# What was missed longer ago than this is not made up for: nobody wants word of months long past.
CAUGHT_UP_WITHIN = 10


def reminder_day(due_on: date, operational_days: int, calendar: OperationalCalendar) -> date:
    """The day of a reminder: that many Operational Days after the day the return is due; before it, if negative."""
    if operational_days < 0:
        return calendar.before(due_on, -operational_days)
    return calendar.add(due_on, operational_days)


def reminder_due(rules: Iterable[int], due_on: date, today: date, calendar: OperationalCalendar) -> int | None:
    """The one of `rules` (Operational Days from the due day) whose reminder is due `today`; None where none is.

    It is the latest whose day has come, at most 10 Operational Days ago. So days on which nothing ran, a weekend
    or a broken server, are caught up with by one reminder, and not by one for each of them.
    """
    days = [(reminder_day(due_on, rule, calendar), rule) for rule in rules]
    come = [(day, rule) for day, rule in days if day <= today]
    if not come:
        return None
    day, rule = max(come)
    return rule if calendar.between(day, today) <= CAUGHT_UP_WITHIN else None


def rule_in_words(operational_days: int) -> str:
    """When a reminder goes out: "on the day the return is due", "1 Operational Day after the day …"."""
    if operational_days == 0:
        return "on the day the return is due"
    days = count_of(abs(operational_days), OPERATIONAL_DAY)
    return f"{days} {'before' if operational_days < 0 else 'after'} the day the return is due"
