"""The service elements of an agreement: the parts of the service that are paid for by name."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.filters import in_force_on
from contracts.api.pages import Key, a_number, a_text, page_of
from contracts.api.view import OfAnAgreement
from contracts.models import Scope

EXAMPLE = {
    "code": "ehu",
    "name": "Support to Early Help Units",
    "short_name": "Early Help",
    "stage": "early-intervention",
    "in_force_from": "2017-09-01",
    "in_force_before": None,
}


class AskedOfElements(AskedOfList):
    """Elements may be asked for as of a day."""

    on = serializers.DateField(
        required=False, default=None, help_text="Only what is in force on this day: 2019-08-31. All if left out."
    )


class ElementForm(serializers.Serializer[Any]):
    """A service element."""

    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    stage = serializers.CharField(help_text="early-intervention or clinical.")
    in_force_from = serializers.DateField(help_text="Its first day.")
    in_force_before = serializers.DateField(
        source="in_force_until", allow_null=True, help_text="The first day it is out of force; null while it holds."
    )


class Elements(OfAnAgreement):
    """The service elements of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfElements

    @extend_schema(
        summary="Service elements",
        description="The parts of the service that are paid for by name, in the agreement’s order.",
        responses=a_page_of(ElementForm),
        examples=a_page_with(EXAMPLE),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the agreement's order."""
        asked = self.asked
        rows = self.agreement.elements.filter(in_force_on(asked["on"]))
        keys = (Key("position", a_number), Key("code", a_text))
        return self.page(page_of(rows, keys, cursor=asked["cursor"], limit=asked["limit"]), ElementForm)
