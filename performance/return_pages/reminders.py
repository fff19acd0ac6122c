"""The reminders of a month's return, for its page."""

from dataclasses import dataclass
from datetime import date, datetime

from performance.models import Return
from performance.reminding import rule_in_words


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder: to whom, for which day, and when it was sent; None while it was not."""

    address: str
    rule: str
    due_on: date
    sent_at: datetime | None


def reminders_of(of_return: Return) -> tuple[ReminderRow, ...]:
    """The reminders written for a return, newest first. One query."""
    rows = of_return.reminders.order_by("-written_at", "address")
    return tuple(
        ReminderRow(address, rule_in_words(days), due_on, sent_at)
        for address, days, due_on, sent_at in rows.values_list("address", "operational_days", "due_on", "sent_at")
    )
