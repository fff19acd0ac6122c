"""Stating that figures must be worked out again, and waking whoever does it.

The need is a row in the caller's transaction. The message is sent after the commit and may be lost: beat sweeps
what it left. Without a broker the caller's work stands all the same.
"""

from datetime import date, datetime

from django.db import transaction

from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import add_months, month_start
from contracts.waking import wake_the_worker
from performance.models import RecomputeNeed


def months_that_look_back_on(month: date) -> tuple[date, date]:
    """The months whose figures use `month`: itself and the eleven after it (rolling 12 months)."""
    return month, add_months(month, 12)


def state_need(agreement: Agreement, from_month: date, until_month: date | None, *, reason: str, at: datetime) -> None:
    """Write that `agreement`'s figures from a month (until one, or all that ended) must be worked out again.

    Months that have not ended have no figures, so a need that concerns none of the others writes nothing.
    """
    months = months_of(agreement)
    first = max(month_start(from_month), months.first)
    ended = months.ended(at.date())
    until = min(until_month or ended, ended)
    if first >= until:
        return
    RecomputeNeed.objects.create(agreement=agreement, from_month=first, until_month=until, reason=reason[:200], at=at)
    transaction.on_commit(lambda: wake_the_worker("performance.work_off", agreement.pk))
