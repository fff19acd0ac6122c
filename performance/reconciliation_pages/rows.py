"""The rows of reconciliations that pages show, as known at a moment; None is now."""

from datetime import date, datetime

from django.db.models import QuerySet

from contracts.models import Agreement
from performance.as_known import figures_known
from performance.models import Reconciliation
from performance.reconciliation import Kind
from performance.reconciliation_pages.counts import Counts


def reconciliations(agreement: Agreement, at: datetime | None) -> QuerySet[Reconciliation]:
    """What was known at that moment, newest month first, the parts of the area before the whole."""
    known = Reconciliation.objects.filter(figures_known(at), agreement=agreement)
    return known.select_related("area", "version__of_return", "run").order_by(
        "-month", "area__parent_id", "area__position", "area_id"
    )


def was_ever_known(agreement: Agreement, month: date) -> bool:
    """Whether the month's caseloads were ever held against each other, or why they could not be."""
    return Reconciliation.objects.filter(agreement=agreement, month=month).exists()


def counts_of(row: Reconciliation) -> Counts:
    """The counts of a row."""
    return Counts(
        row.provider, row.council, row.matched, {kind: getattr(row, kind.value.replace("-", "_")) for kind in Kind}
    )
