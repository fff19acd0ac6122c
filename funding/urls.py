"""Addresses of money: instalments, payments, statements and the audit view."""

from django.urls import URLPattern, path

from funding.views import (
    audit,
    money,
    open_book,
    payment_steps,
    payments,
    shares,
    statement_files,
    statement_steps,
    statements,
    what_if,
)

MONEY = "agreements/<slug:reference>/money/"
PAYMENTS = f"{MONEY}payments/"
PAYMENT = f"{PAYMENTS}<int:payment>/"
STATEMENT = f"{MONEY}statements/<year:year>/"

urlpatterns: list[URLPattern] = [
    path(MONEY, money.money, name="money"),
    path(f"{MONEY}csv/", money.money_csv, name="money_csv"),
    path(f"{MONEY}open-book/", open_book.open_book, name="open_book"),
    path(f"{MONEY}shares/", shares.shares, name="shares"),
    path(f"{MONEY}what-if/", what_if.what_if, name="what_if"),
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
    path(f"{MONEY}statements/", statements.statements, name="statements"),
    path(STATEMENT, statements.statement, name="statement"),
    path(f"{STATEMENT}pdf/", statement_files.statement_pdf, name="statement_pdf"),
    path(f"{STATEMENT}xlsx/", statement_files.statement_xlsx, name="statement_xlsx"),
    path(f"{STATEMENT}preparation/", statement_steps.statement_prepare, name="statement_prepare"),
    path(f"{STATEMENT}certificate/", statement_steps.statement_certify, name="statement_certify"),
    path(f"{MONEY}audit/", audit.money_audit, name="money_audit"),
    path(f"{MONEY}audit/csv/", audit.money_audit_csv, name="money_audit_csv"),
]
