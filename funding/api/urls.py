"""Addresses of the API that are about what was paid."""

from django.urls import URLPattern, path

from funding.api.funding_lines import FundingLines
from funding.api.money import Money
from funding.api.payments import OnePayment, Payments

OF_AGREEMENT = "agreements/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF_AGREEMENT}funding-lines", FundingLines.as_view(), name="api_funding_lines"),
    path(f"{OF_AGREEMENT}payments", Payments.as_view(), name="api_payments"),
    path(f"{OF_AGREEMENT}payments/<int:number>", OnePayment.as_view(), name="api_payment"),
    path(f"{OF_AGREEMENT}money", Money.as_view(), name="api_money"),
]
