"""Addresses of the pages of money."""

from django.urls import path

from funding.views import payment_steps, payments

MONEY = "agreements/<slug:reference>/money/"
PAYMENTS = f"{MONEY}payments/"
PAYMENT = f"{PAYMENTS}<int:payment>/"

urlpatterns = [
    path(PAYMENTS, payments.payments, name="payments"),
    path(f"{PAYMENTS}csv/", payments.payments_csv, name="payments_csv"),
    path(f"{PAYMENTS}xlsx/", payments.payments_xlsx, name="payments_xlsx"),
    path(f"{PAYMENTS}certify/<month:month>/", payments.payment_certify, name="payment_certify"),
    path(PAYMENT, payments.payment_detail, name="payment_detail"),
    path(f"{PAYMENT}test/", payment_steps.payment_test, name="payment_test"),
    path(f"{PAYMENT}approval/", payment_steps.payment_approve, name="payment_approve"),
    path(f"{PAYMENT}sending/", payment_steps.payment_send, name="payment_send"),
    path(f"{PAYMENT}paid/", payment_steps.payment_paid, name="payment_paid"),
    path(f"{PAYMENT}cancellation/", payment_steps.payment_cancel, name="payment_cancel"),
    path(f"{PAYMENT}reversal/", payment_steps.payment_reverse, name="payment_reverse"),
]
