"""The reminders of a month's return, for its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from contracts.access import Standing
from contracts.formatting import count_of
from contracts.permissions import Permission
from performance.models import Reminder, Return
from performance.reminding import rule_in_words


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder, or those of one day: to whom, for which day, and when it was sent; None while it was not."""

    to: str
    rule: str
    due_on: date
    sent_at: datetime | None


def reminders_of(of_return: Return, standing: Standing) -> tuple[ReminderRow, ...]:
    """The reminders written for a return, newest first. One query.

    The addresses are for those who see what the provider does before it signs off; others see how many people.
    """
    held = list(of_return.reminders.order_by("-written_at", "address"))
    if standing.may(Permission.SEE_UPLOADS):
        return tuple(_row(one.address, (one,)) for one in held)
    alike = [list(group) for _, group in groupby(sorted(held, key=_what, reverse=True), key=_what)]
    return tuple(_row(count_of(len({one.address for one in group}), "person", "people"), group) for group in alike)


def _what(one: Reminder) -> tuple[date, date, int, date]:
    """What was written, for which day, and when it was sent."""
    sent_on = timezone.localtime(one.sent_at).date() if one.sent_at else date.min
    return timezone.localtime(one.written_at).date(), one.due_on, one.operational_days, sent_on


def _row(to: str, reminders: Iterable[Reminder]) -> ReminderRow:
    first, *others = reminders
    sent = [one.sent_at for one in (first, *others) if one.sent_at]
    return ReminderRow(to, rule_in_words(first.operational_days), first.due_on, max(sent, default=None))
