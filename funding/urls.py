"""Addresses of money: instalments, payments, statements and the audit view."""

from django.urls import URLPattern, path

from funding.views import audit

MONEY = "agreements/<slug:reference>/money/"

urlpatterns: list[URLPattern] = [
    path(f"{MONEY}audit/", audit.money_audit, name="money_audit"),
    path(f"{MONEY}audit/csv/", audit.money_audit_csv, name="money_audit_csv"),
]
