"""A financial year of money, month by month."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.pages import page_of_list
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from funding.api.asked import AskedOfMoney
from funding.api.examples import MONTH
from funding.api.money_forms import ElementMoneyForm
from funding.queries.year_of_money import year_of_money
from funding.year_of_money import months_of_year


class Money(OfAnAgreement):
    """A financial year of the money of an agreement."""

    scope = Scope.MONEY_READ
    asked_with = AskedOfMoney

    @extend_schema(
        summary="A financial year of money", responses=a_page_of(ElementMoneyForm), examples=a_page_with(MONTH)
    )
    def get(self, _request: Request, reference: str) -> Response:
        """What was due, deducted, added and spent for each element in each month, in order of the months."""
        asked = self.asked
        try:
            months = months_of_year(asked["year"], self.agreement)
        except ValueError as error:
            raise ValidationError({"year": str(error)}) from error
        held = year_of_money(self.agreement, months)
        return self.page(page_of_list(held.every, cursor=asked["cursor"], limit=asked["limit"]), ElementMoneyForm)
