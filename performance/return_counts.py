"""The returns themselves as a source of inputs: how many were due, on time, accepted, right first time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contracts.agreement_months import months_of
from contracts.formatting import day, month_name
from contracts.periods import month_start
from performance.first_sign_off import first_signed_on
from performance.indicators import FormulaTerm, Input
from performance.lateness import is_late
from performance.models import Return, Version
from performance.sources import Answer, Reader, Scope

SHEET = "Returns"


@dataclass(frozen=True, slots=True)
class ReturnCounts:
    """What one month's return counts for, and the return itself as evidence."""

    numbers: dict[str, int]
    source: dict[str, Any]


Counts = dict[date, ReturnCounts]

DUE, ON_TIME, ACCEPTED, FIRST_TIME = "returns due", "returns on time", "returns accepted", "returns right first time"


def is_on_time(due_on: date, submitted_on: date | None) -> bool:
    """A return is on time when it was first signed off on or before its due day (003 §4.2; see `first_sign_off`)."""
    return submitted_on is not None and not is_late(due_on, submitted_on)


def is_right_first_time(versions: Iterable[Version], at: datetime) -> bool:
    """A return is right first time when the version accepted first, by the moment `at`, is the month's first one.

    So no version of it was sent back, withdrawn or corrected before; a correction afterwards changes nothing.
    """
    accepted = [v.number for v in versions if v.accepted_at and v.accepted_at <= at]
    return bool(accepted) and min(accepted) == 1


def read_counts(name: str) -> Reader:
    """A reader of one of the counts. A month whose return is not due yet counts nothing, which is a true 0."""

    def read(scope: Scope) -> Answer:
        counts = _counts(scope)

        def answer(_term: FormulaTerm, _area: str, month: date) -> Input:
            held = counts.get(month)
            return Input(Decimal(held.numbers[name]), "", (held.source,)) if held else Input(Decimal(0))

        return answer

    return read


def _counts(scope: Scope) -> Counts:
    months = months_of(scope.agreement)
    returns = Return.objects.filter(
        agreement=scope.agreement,
        month__gte=max(scope.first_month, months.returns_from),
        month__lte=scope.last_month,
        month__lt=months.end,
        due_on__lte=timezone.localtime(scope.at).date(),
    ).prefetch_related("versions__moves")
    return {month_start(one.month): _counts_of(one, scope) for one in returns}


def _counts_of(one: Return, scope: Scope) -> ReturnCounts:
    versions = sorted(one.versions.all(), key=lambda v: v.number)
    accepted = [v for v in versions if v.accepted_at and v.accepted_at <= scope.at]
    first = first_signed_on(versions, scope.at)
    numbers = {
        DUE: 1,
        ON_TIME: int(is_on_time(one.due_on, first)),
        ACCEPTED: int(bool(accepted)),
        FIRST_TIME: int(is_right_first_time(versions, scope.at)),
    }
    return ReturnCounts(numbers, _source(one, accepted[0] if accepted else None, first))


def _source(one: Return, version: Version | None, first: date | None) -> dict[str, Any]:
    """The return as evidence: when it was due, when it was first signed off, and the first version accepted."""
    return {
        "version": version.number if version else None,
        "version_id": version.pk if version else None,
        "month": f"{one.month:%Y-%m}",
        "sheet": SHEET,
        "cell": f"due {day(one.due_on)}",
        "label": f"Return for {month_name(one.month)}",
        "value": f"signed off {day(first)}" if first else "not signed off",
    }
