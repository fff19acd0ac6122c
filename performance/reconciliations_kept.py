"""The reconciliations and differences that are kept, as they were known at a moment."""

from datetime import date, datetime

from django.db.models import Exists, ExpressionWrapper, F, IntegerField, OuterRef, QuerySet

from contracts.models import Agreement
from performance.as_known import figures_known
from performance.models import Difference, ExplainedDifference, Reconciliation


def reconciliations_of(agreement: Agreement, as_at: datetime | None = None) -> QuerySet[Reconciliation]:
    """Each month and area as known at `as_at` (None: now), with the provider's cases less the council's."""
    rows = Reconciliation.objects.filter(figures_known(as_at), agreement=agreement).select_related("area", "version")
    less = ExpressionWrapper(F("provider") - F("council"), output_field=IntegerField())
    return rows.annotate(difference=less)


def differences_of(agreement: Agreement, month: date, as_at: datetime | None = None) -> QuerySet[Difference]:
    """Each difference of the month as known at `as_at`, and whether both sides had signed what it is by then."""
    signed = ExplainedDifference.objects.filter(difference=OuterRef("pk"), explanation__answer__is_signed=True)
    if as_at is not None:
        signed = signed.filter(explanation__answer__answered_at__lte=as_at)
    rows = Difference.objects.filter(figures_known(as_at), agreement=agreement, month=month)
    return rows.select_related("area").annotate(is_resolved=Exists(signed))
