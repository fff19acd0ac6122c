"""What a new day brings without anybody doing anything: obligations, and figures of a month that ended."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from contracts.agreement_months import months_of
from contracts.calendar import calendar_for
from contracts.due_days import operational_day_of
from contracts.models import Agreement
from contracts.periods import add_months, month_start
from contracts.return_terms import due_day_terms_of
from performance.models import RecomputeNeed, Return
from performance.needs import state_need

# Obligations stand this many months ahead, so that a due date can be seen coming.
MONTHS_AHEAD = 12


@transaction.atomic
def open_the_day(agreement: Agreement, *, at: datetime) -> None:
    """Make the returns due up to a year ahead and state what the day makes stale. Twice a day changes nothing."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    make_obligations(agreement, until=add_months(month_start(at.date()), MONTHS_AHEAD))
    reason = f"The day of {at.date():%Y-%m-%d} began"
    if not RecomputeNeed.objects.filter(agreement=agreement, reason=reason).exists():
        state_need(agreement, _first_stale_month(agreement, at), None, reason=reason, at=at)


def make_obligations(agreement: Agreement, *, until: date) -> int:
    """Make the returns that `agreement` requires for its months before `until`; returns how many were missing.

    A month that no due day is agreed for has none yet.
    """
    due = due_days(agreement)
    there = set(agreement.returns.values_list("month", flat=True))
    missing = [month for month in months_of(agreement).required(until) if month not in there]
    dated = [(month, due(month)) for month in missing]
    rows = [Return(agreement=agreement, month=month, due_on=due_on) for month, due_on in dated if due_on]
    return len(Return.objects.bulk_create(rows, ignore_conflicts=True))


def retime_obligations(agreement: Agreement) -> list[tuple[Return, date]]:
    """Give every return that no version was signed off for its due day by the calendar as it is now.

    What was signed off was early or late by the day it was due then, and stays so; and where no due day is agreed
    any more, a return keeps the day it had. Returns those that moved, each with the day it was due before.
    """
    due = due_days(agreement)
    still_open = agreement.returns.exclude(versions__submitted_at__isnull=False).select_for_update().order_by("month")
    moved = []
    for one in still_open:
        was, one.due_on = one.due_on, due(one.month) or one.due_on
        if one.due_on != was:
            moved.append((one, was))
    Return.objects.bulk_update([one for one, _ in moved], ["due_on"])
    return moved


def due_days(agreement: Agreement) -> Callable[[date], date | None]:
    """What gives for a month of `agreement` the day its return is due; None where no due day is agreed for it."""
    calendar = calendar_for(agreement.starts_on.year, agreement.ends_on.year + 1)
    terms = due_day_terms_of(agreement)

    def due(month: date) -> date | None:
        operational_day = operational_day_of(month, terms)
        return calendar.due_after_month(month, operational_day) if operational_day else None

    return due


def due_day(agreement: Agreement, month: date) -> date:
    """The day on which the return of `month` is due. Raises ValueError where no due day is agreed for it."""
    due_on = due_days(agreement)(month)
    if due_on is None:
        raise ValueError(f"No day on which the return of {month:%B %Y} is due is agreed in {agreement.reference}.")
    return due_on


def _first_stale_month(agreement: Agreement, at: datetime) -> date:
    """From the last month that has figures; from the start where there are none."""
    last = agreement.figures.filter(known_until__isnull=True).order_by("-month").values_list("month", flat=True).first()
    recent = month_start(at.date() - timedelta(days=62))
    return agreement.starts_on if last is None else min(last, recent)
