"""The provider's caseload against the council's: counts for whoever reads figures, references for who sends cases."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.filters import coded
from contracts.api.months import months_asked_for
from contracts.api.pages import Key, a_day, a_text, page_of
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from performance.api.parameters import MONTH
from performance.api.reconciliation_forms import (
    AUGUST,
    OPENED,
    AskedOfDifferences,
    AskedOfReconciliations,
    DifferenceForm,
    ReconciliationForm,
)
from performance.reconciliations_kept import differences_of, reconciliations_of
from performance.told_disputes import told_disputes

BY_MONTH = (Key("month", a_day, descending=True), Key("area__code", a_text))
BY_REFERENCE = (Key("reference", a_text), Key("kind", a_text))


class Reconciliations(OfAnAgreement):
    """The reconciled months of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfReconciliations

    @extend_schema(
        summary="Reconciled months",
        description="The cases open at each month’s end as the provider’s accepted case list and the council’s system "
        "hold them, held against each other by reference: the newest month first, by area. Counts are exact. A side "
        "that is not known is null, with the reason. A difference is resolved once both "
        "sides have signed what it is; while one is left, the month is disputed.",
        responses=a_page_of(ReconciliationForm),
        examples=a_page_with(AUGUST),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """The newest month first."""
        asked = self.asked
        rows = reconciliations_of(self.agreement, asked["as_at"]).filter(**months_asked_for(asked))
        page = page_of(_in_area(self, rows, asked), BY_MONTH, cursor=asked["cursor"], limit=asked["limit"])
        disputes = told_disputes(self.agreement, page.items, asked["as_at"])
        for row in page.items:
            row.dispute = disputes[row.pk]
        return self.page(page, ReconciliationForm)


class Differences(OfAnAgreement):
    """The differences of a month, case by case."""

    scope = Scope.EARLY_HELP_WRITE
    asked_with = AskedOfDifferences

    @extend_schema(
        summary="Differences of a month",
        description="Each case that the two sides did not hold alike at the month’s end, by its pseudonym, and what "
        "each says of it. A month without differences, or not known yet, has none here; the list of reconciled months "
        "says which.",
        parameters=[MONTH],
        responses=a_page_of(DifferenceForm),
        examples=a_page_with(OPENED),
    )
    def get(self, _request: Request, reference: str, month: date) -> Response:
        """By reference."""
        asked = self.asked
        rows = _in_area(self, differences_of(self.agreement, month, asked["as_at"]), asked)
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        page = page_of(rows, BY_REFERENCE, cursor=asked["cursor"], limit=asked["limit"])
        return self.page(page, DifferenceForm)


def _in_area(operation: OfAnAgreement, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
    area = coded(operation.agreement.areas.all(), asked, "area")
    return rows.filter(area=area) if area else rows
