"""How the provider did with each month's return, by the rules that the indicators about returns go by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from contracts.agreement_months import months_of
from contracts.calendar import calendar_for
from contracts.models import Agreement
from contracts.operational_days import OperationalCalendar
from performance.first_sign_off import first_signed_on
from performance.lateness import is_late
from performance.models import Return, State, Version
from performance.return_counts import is_on_time, is_right_first_time


@dataclass(frozen=True, slots=True)
class ProviderMonth:
    """One month whose return is due: when it came, and what it took until it was right.

    `days_late` counts Operational Days up to the day it was first signed off, or up to now where it was not.
    """

    month: date
    due_on: date
    signed_on: date | None
    days_late: int
    is_on_time: bool
    is_accepted: bool
    is_right_first_time: bool
    times_sent_back: int
    corrections: tuple[str, ...]


def provider_months(agreement: Agreement, *, at: datetime) -> tuple[ProviderMonth, ...]:
    """The months whose return is required and due by the moment `at`, newest first. Three queries."""
    months, on = months_of(agreement), timezone.localtime(at).date()
    calendar = calendar_for(agreement.starts_on.year, agreement.ends_on.year + 1)
    due = agreement.returns.filter(month__gte=months.returns_from, month__lt=months.end, due_on__lte=on)
    returns = due.order_by("-month").prefetch_related("versions")
    return tuple(_month(one, calendar, at) for one in returns)


def _month(one: Return, calendar: OperationalCalendar, at: datetime) -> ProviderMonth:
    signed = sorted((v for v in one.versions.all() if v.submitted_at), key=lambda v: v.number)
    signed_on = first_signed_on(signed)
    until = signed_on or timezone.localtime(at).date()
    return ProviderMonth(
        month=one.month,
        due_on=one.due_on,
        signed_on=signed_on,
        days_late=calendar.between(one.due_on, until) if is_late(one.due_on, until) else 0,
        is_on_time=is_on_time(one.due_on, signed_on),
        is_accepted=any(v.accepted_at for v in signed),
        is_right_first_time=is_right_first_time(signed, at),
        times_sent_back=sum(v.state == State.SENT_BACK for v in signed),
        corrections=_corrections(signed),
    )


def _corrections(signed: Sequence[Version]) -> tuple[str, ...]:
    """The reasons of the versions signed off after an earlier one was accepted or sent back, in their order."""
    decided = [v.number for v in signed if v.accepted_at or v.state == State.SENT_BACK]
    return tuple(v.why or "No reason given" for v in signed if decided and v.number > decided[0])
