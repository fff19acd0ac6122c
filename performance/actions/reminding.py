"""Reminding of returns that are still open: a row first, then the message, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.access import people_who_may
from contracts.actions.mailing import send_each
from contracts.agreement_months import months_of
from contracts.calendar import calendar_for
from contracts.models import Agreement
from contracts.operational_days import OperationalCalendar
from contracts.permissions import Permission
from performance.lateness import ReturnState, state_of_return
from performance.models import Reminder, ReminderRule, Return
from performance.reminder_mail import reminder_mail
from performance.reminding import reminder_due, rule_in_words

# What nothing more is asked of the provider for: it is signed off. One that was sent back is asked for again.
CLOSED = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
# No rule is further from the due day than this, with the days it may be caught up within.
FURTHEST = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A return that is open, how it stands, and the rule whose reminder is due for it."""

    of_return: Return
    state: ReturnState
    rule: ReminderRule


def remind(agreement: Agreement, *, at: datetime) -> int:
    """Write the reminders that are due and send those not sent yet; returns how many went out now."""
    calendar = calendar_for(agreement.starts_on.year, agreement.ends_on.year + 1)
    due = write_reminders(agreement, at=at)
    return sum(_send_each(one, calendar, at) for one in due)


@transaction.atomic
def write_reminders(agreement: Agreement, *, at: datetime) -> list[DueReminder]:
    """Write a row for each address that a reminder is due to; what was written before stays. Returns what is due."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    due = due_reminders(agreement, on=timezone.localtime(at).date())
    everybody = _addresses_of_provider(agreement) if due else []
    for one in due:
        _write(one, one.rule.addresses.split() or everybody, at)
    return due


def due_reminders(agreement: Agreement, *, on: date) -> list[DueReminder]:
    """For each return still open on the day `on`, the reminder that is due, oldest month first."""
    rules = {rule.operational_days: rule for rule in agreement.reminder_rules.order_by("operational_days")}
    calendar = calendar_for(agreement.starts_on.year, agreement.ends_on.year + 1)
    found = []
    for held, state in _open_returns(agreement, on) if rules else ():
        rule = reminder_due(rules, held.due_on, on, calendar)
        if rule is not None:
            found.append(DueReminder(held, state, rules[rule]))
    return found


def _open_returns(agreement: Agreement, on: date) -> list[tuple[Return, ReturnState]]:
    """The returns required around the day `on` that are not signed off, or were sent back or withdrawn since."""
    months = months_of(agreement)
    near = agreement.returns.filter(due_on__range=(on - FURTHEST, on + FURTHEST)).order_by("month")
    rows = [one for one in near.prefetch_related("versions") if months.requires(one.month)]
    stand = [(one, state_of_return(one.month, one.due_on, on, [v.state for v in one.versions.all()])) for one in rows]
    return [(one, state) for one, state in stand if state not in CLOSED]


def _addresses_of_provider(agreement: Agreement) -> list[str]:
    """Everybody who may upload a return or sign one off."""
    people = people_who_may(agreement, Permission.UPLOAD_RETURN, Permission.SIGN_RETURN)
    return list(people.order_by("email").values_list("email", flat=True))


def _write(due: DueReminder, addresses: Iterable[str], at: datetime) -> None:
    held, days = due.of_return, due.rule.operational_days
    there = set(held.reminders.filter(operational_days=days, due_on=held.due_on).values_list("address", flat=True))
    rows = [
        Reminder(of_return=held, operational_days=days, due_on=held.due_on, address=address, written_at=at)
        for address in dict.fromkeys(addresses)
        if address not in there
    ]
    if not rows:
        return
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        "reminders written",
        by=audit.WORKER,
        agreement=held.agreement,
        subject=str(held),
        after={"for": rule_in_words(days), "due on": held.due_on, "to": [row.address for row in rows]},
    )


def _send_each(due: DueReminder, calendar: OperationalCalendar, at: datetime) -> int:
    """Send what is not sent of one reminder."""
    waiting = due.of_return.reminders.filter(
        operational_days=due.rule.operational_days, due_on=due.of_return.due_on, sent_at=None
    ).select_related("of_return__agreement")
    on = timezone.localtime(at).date()
    what = f"A reminder of the {str(due.of_return).lower()}"
    return send_each(waiting, lambda row: reminder_mail(row, due.state, on, calendar), what, at)
