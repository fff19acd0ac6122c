"""Reconciling an agreement's months: as they stand now, and kept for the time that they are known.

Running it twice, or two at once, gives one result: whoever keeps rows holds the agreement's recompute lock
(`performance.recompute`), and a month that comes out the same writes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

from contracts.models import Agreement
from performance.known_rows import change_of, keep
from performance.models import Difference, Reconciliation
from performance.month_reconciled import MonthReconciled, months_worked_out
from performance.reconciliation import CaseloadCounts

SAID = ("version_id", "reason", *(field.name for field in fields(CaseloadCounts)))
SAID_OF_A_DIFFERENCE = ("area_id", "provider_says", "council_says")


def worked_out(agreement: Agreement, month: date, at: datetime | None = None) -> MonthReconciled:
    """One month as things stand at the moment `at` (None: now). Nothing is written."""
    return next(months_worked_out(agreement, [month], at))


def reconcile_months(agreement: Agreement, months: Sequence[date], at: datetime) -> int:
    """Work the months out as of `at` and keep what changed, within the caller's transaction; returns how many rows.

    A difference that stays as it was keeps its row, and with it what was explained of it. A row whose only change is
    the newest batch stays too, with the batch that was the newest when it was written.
    """
    return sum(_keep_month(one, at) for one in months_worked_out(agreement, months, at))


def _keep_month(worked: MonthReconciled, at: datetime) -> int:
    """Keep what changed in one month, so that the cases and differences of one month are held at a time."""
    agreement, open_rows = worked.agreement, {"month": worked.month, "known_until": None}
    is_kept = worked.is_of_something
    return keep(
        [
            change_of(
                Reconciliation,
                {(row.area_id, row.month): row for row in agreement.reconciliations.filter(**open_rows)},
                {(row.area_id, row.month): row for row in (_rows(worked) if is_kept else ())},
                SAID,
            ),
            change_of(
                Difference,
                {_key(row): row for row in agreement.differences.filter(**open_rows)},
                {_key(row): row for row in _differences(worked)},
                SAID_OF_A_DIFFERENCE,
            ),
        ],
        agreement,
        at,
    )


def _key(row: Difference) -> tuple[date, str, str]:
    return row.month, row.reference, row.kind


def _rows(worked: MonthReconciled) -> Iterator[Reconciliation]:
    for one in worked.areas:
        yield Reconciliation(
            agreement=worked.agreement,
            month=worked.month,
            area=one.area,
            version=worked.version,
            run=worked.run,
            reason=worked.reason,
            **asdict(one.counts),
        )


def _differences(worked: MonthReconciled) -> Iterator[Difference]:
    areas = {one.area.code: one.area for one in worked.areas}
    for one in worked.differences:
        yield Difference(
            agreement=worked.agreement,
            month=worked.month,
            reference=one.reference,
            kind=one.kind.value,
            area=areas[one.area],
            provider_says=one.provider_says,
            council_says=one.council_says,
        )
