"""The targets of an agreement's indicators, and the floors under them, with the days they hold."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.fields import CodeOf, ExactNumber
from contracts.api.filters import CodeField, coded, in_force_on
from contracts.api.pages import Key, a_day, a_number, a_text, page_of
from contracts.api.view import OfAnAgreement
from contracts.models import Scope, Target

EXAMPLE = {
    "indicator": "early-help-caseload",
    "element": "ehu",
    "area": "kent",
    "value": "300",
    "floor": "240",
    "unit": "children",
    "polarity": "higher",
    "is_illustrative": False,
    "floor_is_illustrative": True,
    "in_force_from": "2017-09-01",
    "in_force_before": None,
    "source": "003 §3.2; 004 §2.6",
}
IN_ORDER = (Key("indicator__code", a_text), Key("in_force_from", a_day), Key("pk", a_number))


class AskedOfTargets(AskedOfList):
    """Targets of one indicator, or those in force on a day."""

    indicator = CodeField("Only of the indicator with this code.")
    on = serializers.DateField(
        required=False, default=None, help_text="Only what is in force on this day: 2019-08-31. All if left out."
    )


class TargetForm(serializers.Serializer[Any]):
    """A target, from its first day to the day before it ends."""

    indicator = CodeOf()
    element = CodeOf(source="indicator.element", allow_null=True, help_text="Code of the indicator’s element.")
    area = CodeOf(allow_null=True, help_text="Null: the same target in every area.")
    value = ExactNumber(help_text="In the indicator’s unit.")
    floor = ExactNumber(
        allow_null=True,
        help_text="Red begins beyond it; where the closest is best, the largest distance from the target.",
    )
    unit = serializers.CharField(source="indicator.unit")
    polarity = serializers.CharField(source="indicator.polarity", help_text="Which way the indicator is better.")
    is_illustrative = serializers.BooleanField(help_text="The target is in no published paper.")
    floor_is_illustrative = serializers.BooleanField(help_text="The floor is in no published paper.")
    in_force_from = serializers.DateField()
    in_force_before = serializers.DateField(
        source="in_force_until", allow_null=True, help_text="The first day it is out of force; null while it holds."
    )
    source = serializers.CharField(  # type: ignore[assignment]  # a member of the answer, not of the form
        help_text="Paper and paragraph.", allow_blank=True
    )


class Targets(OfAnAgreement):
    """The targets of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfTargets

    @extend_schema(
        summary="Targets",
        description="What each indicator must reach, now and before. An indicator that there is none of is refused.",
        responses=a_page_of(TargetForm),
        examples=a_page_with(EXAMPLE),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """By the code of their indicator, the oldest first."""
        asked = self.asked
        rows = Target.objects.filter(in_force_on(asked["on"]), indicator__agreement=self.agreement)
        indicator = coded(self.agreement.indicators.all(), asked, "indicator")
        if indicator is not None:
            rows = rows.filter(indicator=indicator)
        rows = rows.select_related("indicator__element", "area")
        return self.page(page_of(rows, IN_ORDER, cursor=asked["cursor"], limit=asked["limit"]), TargetForm)
