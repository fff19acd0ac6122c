"""What was known of a month's two caseloads, since when, and on what it rested."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.looking import Looking
from contracts.models import Agreement
from performance.models import Reconciliation, SyncRun, Version
from performance.reconciliation_pages.counts import Counts
from performance.reconciliation_pages.rows import counts_of


@dataclass(frozen=True, slots=True)
class KnownCounts:
    """The counts of the whole area for a time, with the return version and the batch that they rest on."""

    counts: Counts
    differences: int | None
    reason: str
    version: Version | None
    run: SyncRun | None
    known_from: datetime
    known_until: datetime | None

    @property
    def then(self) -> Looking:
        """The moment from which it was known, to look back to."""
        return Looking(self.known_from)


def history_of(agreement: Agreement, month: date, at: datetime | None) -> tuple[KnownCounts, ...]:
    """Every time that the month's counts changed until that moment, the newest first. One query."""
    rows = Reconciliation.objects.filter(agreement=agreement, month=month, area__parent=None)
    if at is not None:
        rows = rows.filter(known_from__lte=at)
    return tuple(_known(row) for row in rows.select_related("version__of_return", "run").order_by("-known_from", "-pk"))


def _known(row: Reconciliation) -> KnownCounts:
    counts = counts_of(row)
    of_kind = [count for count in counts.of_kind.values() if count is not None]
    return KnownCounts(
        counts=counts,
        differences=sum(of_kind) if of_kind else None,
        reason=row.reason,
        version=row.version,
        run=row.run,
        known_from=row.known_from,
        known_until=row.known_until,
    )
