"""Who pays how much a year for what."""

from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.pages import page_of_list
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from funding.api.asked import AskedOfFundingLines
from funding.api.examples import LINE
from funding.api.forms import FundingLineForm


class FundingLines(OfAnAgreement):
    """The funding lines of an agreement."""

    scope = Scope.MONEY_READ
    asked_with = AskedOfFundingLines

    @extend_schema(
        summary="The funding lines of an agreement", responses=a_page_of(FundingLineForm), examples=a_page_with(LINE)
    )
    def get(self, _request: Request, reference: str) -> Response:
        """In the elements' order, the earliest first; what pays for the rest of the service comes last."""
        asked = self.asked
        lines = self.agreement.funding_lines.filter(_asked_for(asked)).select_related("funder", "element")
        held = lines.order_by("element__position", "in_force_from", "pk")
        return self.page(page_of_list(held, cursor=asked["cursor"], limit=asked["limit"]), FundingLineForm)


def _asked_for(asked: dict[str, Any]) -> Q:
    which = Q(element__code=asked["element"]) if "element" in asked else Q()
    if day := asked.get("in_force_on"):
        which &= Q(in_force_from__lte=day) & (Q(in_force_until=None) | Q(in_force_until__gt=day))
    return which
