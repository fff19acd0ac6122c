"""Addresses of the API that are about agreements and their terms."""

from django.urls import URLPattern, path

from contracts.api.agreements import Agreements, OneAgreement
from contracts.api.token import token

urlpatterns: list[URLPattern] = [
    path("token", token, name="api_token"),
    path("agreements", Agreements.as_view(), name="api_agreements"),
    path("agreements/<slug:reference>", OneAgreement.as_view(), name="api_agreement"),
]
