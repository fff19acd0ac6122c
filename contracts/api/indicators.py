"""What the parties agreed to judge the service by."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.fields import CodeOf
from contracts.api.pages import Key, a_number, a_text, page_of
from contracts.api.view import OfAnAgreement
from contracts.models import Polarity, Scope, Unit

EXAMPLE = {
    "code": "early-help-caseload",
    "name": "Early Help caseload",
    "unit": "children",
    "polarity": "higher",
    "element": "ehu",
    "source": "003 §3.2; 004 §2.6",
    "note": "",
}


class IndicatorForm(serializers.Serializer[Any]):
    """An indicator: what it counts, which way it is better, and the paper it comes from."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.ChoiceField(Unit.choices, help_text="What its figures count.")
    polarity = serializers.ChoiceField(Polarity.choices, help_text="Which way it is better.")
    element = CodeOf(
        allow_null=True,
        help_text="Code of its service element; null for the whole service, or where each element has a figure.",
    )
    source = serializers.CharField(  # type: ignore[assignment]  # a member of the answer, not of the form
        help_text="Paper and paragraph.", allow_blank=True
    )
    note = serializers.CharField(help_text="What pages say beside its figures.", allow_blank=True)


class Indicators(OfAnAgreement):
    """The indicators of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfList

    @extend_schema(
        summary="Indicators",
        description="What the parties agreed to judge the service by. Their targets are a list of their own.",
        responses=a_page_of(IndicatorForm),
        examples=a_page_with(EXAMPLE),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the agreement's order."""
        asked, rows = self.asked, self.agreement.indicators.select_related("element")
        keys = (Key("position", a_number), Key("code", a_text))
        return self.page(page_of(rows, keys, cursor=asked["cursor"], limit=asked["limit"]), IndicatorForm)
