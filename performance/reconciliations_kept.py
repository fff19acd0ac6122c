"""The reconciliations and differences that are kept, as they were known at a moment."""

from datetime import date, datetime

from django.db.models import BooleanField, ExpressionWrapper, F, IntegerField, Q, QuerySet

from contracts.models import Agreement
from performance.as_known import figures_known
from performance.dispute_rules import Status
from performance.disputes import differences_known
from performance.models import Difference, Reconciliation


def reconciliations_of(agreement: Agreement, as_at: datetime | None = None) -> QuerySet[Reconciliation]:
    """Each month and area as known at `as_at` (None: now), with the provider's cases less the council's."""
    rows = Reconciliation.objects.filter(figures_known(as_at), agreement=agreement).select_related("area", "version")
    less = ExpressionWrapper(F("provider") - F("council"), output_field=IntegerField())
    return rows.annotate(difference=less)


def differences_of(agreement: Agreement, month: date, as_at: datetime | None = None) -> QuerySet[Difference]:
    """Each difference of the month as known at `as_at`, and whether both sides had signed what it is by then."""
    is_resolved = ExpressionWrapper(Q(status=Status.SIGNED.value), output_field=BooleanField())
    rows: QuerySet[Difference] = differences_known(agreement, [month], as_at)
    return rows.select_related("area").annotate(is_resolved=is_resolved)
