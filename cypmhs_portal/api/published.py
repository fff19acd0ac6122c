"""Figures that papers published, beside what the portal works out."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.fields import ExactNumber
from contracts.api.pages import page_of_list
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from cypmhs_portal.reports.published import Result, compare_published_figures

EXAMPLE = {
    "code": "F09",
    "figure": "Total KCC investment",
    "value": "2650000",
    "unit": "GBP per year",
    "period": "2017 to notice",
    "stated_as": "£2.65m",
    "source": "004 §1.8; 003 §1.2; 000",
    "recomputed": "2657000",
    "worked_from": "Funding in force: £1,200,000 + £240,000 + £1,000,000 + £217,000",
    "result": "differs",
}


class AskedOfPublished(AskedOfList):
    """Published figures may be asked for by how they stand to what the portal works out."""

    result = serializers.ChoiceField(
        [result.value for result in Result], required=False, default=None, help_text="Only those that stand so."
    )


class PublishedForm(serializers.Serializer[Any]):
    """A figure as a paper states it, and what it recomputes to."""

    code = serializers.CharField(source="published.code")
    figure = serializers.CharField(source="published.figure")
    value = serializers.CharField(source="published.value", help_text="As a plain number, where it is one.")
    unit = serializers.CharField(source="published.unit")
    period = serializers.CharField(source="published.period")
    stated_as = serializers.CharField(source="published.stated_as", help_text="As the paper prints it.")
    source = serializers.CharField(  # type: ignore[assignment]  # a member of the answer, not of the form
        source="published.source", help_text="Paper and paragraph."
    )
    recomputed = ExactNumber(allow_null=True, help_text="In `unit`, unrounded; null where it cannot be worked out.")
    worked_from = serializers.CharField(help_text="What it was worked out from.")
    result = serializers.ChoiceField([result.value for result in Result])


class PublishedFigures(OfAnAgreement):
    """The published figures of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfPublished

    @extend_schema(
        summary="Published figures",
        description="What papers say of the agreement, what that recomputes to from the portal’s own data, and whether "
        "the two agree to the last digit stated.",
        responses=a_page_of(PublishedForm),
        examples=a_page_with(EXAMPLE),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the papers' order."""
        asked = self.asked
        held = compare_published_figures(self.agreement)
        wanted = [one for one in held if asked["result"] in (None, one.result.value)]
        return self.page(page_of_list(wanted, cursor=asked["cursor"], limit=asked["limit"]), PublishedForm)
