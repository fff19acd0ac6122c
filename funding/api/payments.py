"""Payments: the list that the page shows, and one of them."""

from django.db.models import prefetch_related_objects
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import clock
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with, an_answer
from contracts.api.pages import page_of_list
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from funding.api.asked import AskedOfPayments
from funding.api.examples import LINES, PAYMENT
from funding.api.forms import OnePaymentForm, PaymentForm
from funding.models.payments import Payment
from funding.payment_pages.held import PARTS, payments_held, with_parts
from funding.payment_pages.listing import payments_of_year


class Payments(OfAnAgreement):
    """The payments of an agreement."""

    scope = Scope.MONEY_READ
    asked_with = AskedOfPayments

    @extend_schema(
        summary="The payments of an agreement", responses=a_page_of(PaymentForm), examples=a_page_with(PAYMENT)
    )
    def get(self, _request: Request, reference: str) -> Response:
        """Newest month first, the latest of a month first, with each deduction and what it rests on."""
        asked = self.asked
        held = payments_of_year(self.agreement, asked.get("year", ""), clock.today())
        if "state" in asked:
            held = [one for one in held if one.state == asked["state"]]
        page = page_of_list(held, cursor=asked["cursor"], limit=asked["limit"])
        prefetch_related_objects(page.items, *PARTS)
        return self.page(page, PaymentForm)


class OnePayment(OfAnAgreement):
    """One payment of an agreement."""

    scope = Scope.MONEY_READ

    @extend_schema(summary="A payment", responses=OnePaymentForm, examples=an_answer(PAYMENT | {"lines": LINES}))
    def get(self, _request: Request, reference: str, number: int) -> Response:
        """What was certified, element by element, and how far it has come."""
        assert self.asked is not None
        payment: Payment | None = with_parts(payments_held(self.agreement)).filter(number=number).first()
        if payment is None:
            raise Http404(f"There is no payment {number} in this agreement.")
        return Response(OnePaymentForm(payment).data)
