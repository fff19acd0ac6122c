"""Addresses of the pages of money."""

from django.urls import URLPattern, path

from funding.views import shares, what_if

MONEY = "agreements/<slug:reference>/money/"

urlpatterns: list[URLPattern] = [
    path(f"{MONEY}shares/", shares.shares, name="shares"),
    path(f"{MONEY}what-if/", what_if.what_if, name="what_if"),
]
