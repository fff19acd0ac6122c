"""The areas that figures are reported for, and the pathways of care."""

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
from contracts.models import Scope

IN_ORDER = (Key("position", a_number), Key("code", a_text))
KENT = {"code": "kent", "name": "Kent", "parent": None}
EAST_KENT = {"code": "east-kent", "name": "East Kent", "parent": "kent"}


class AreaForm(serializers.Serializer[Any]):
    """An area."""

    code = serializers.CharField()
    name = serializers.CharField()
    parent = CodeOf(  # type: ignore[assignment]  # a member of the answer, not of the form
        allow_null=True, help_text="The code of the area it is part of; null for the whole."
    )


class PathwayForm(serializers.Serializer[Any]):
    """A pathway of care that a child is held on."""

    code = serializers.CharField()
    name = serializers.CharField()


class Areas(OfAnAgreement):
    """The areas of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfList

    @extend_schema(
        summary="Areas",
        description="Where figures are reported for. The one without a parent is the whole.",
        responses=a_page_of(AreaForm),
        examples=a_page_with(KENT, EAST_KENT),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the agreement's order."""
        asked, rows = self.asked, self.agreement.areas.select_related("parent")
        return self.page(page_of(rows, IN_ORDER, cursor=asked["cursor"], limit=asked["limit"]), AreaForm)


class Pathways(OfAnAgreement):
    """The pathways of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfList

    @extend_schema(
        summary="Pathways",
        description="The pathways of care that caseloads are reported by.",
        responses=a_page_of(PathwayForm),
        examples=a_page_with({"code": "mood-and-anxiety", "name": "Mood and Anxiety"}),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the agreement's order."""
        asked, rows = self.asked, self.agreement.pathways.all()
        return self.page(page_of(rows, IN_ORDER, cursor=asked["cursor"], limit=asked["limit"]), PathwayForm)
