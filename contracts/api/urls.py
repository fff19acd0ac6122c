"""Addresses of the API that are about agreements and their terms."""

from django.urls import URLPattern, path

from contracts.api.agreements import Agreements, OneAgreement
from contracts.api.elements import Elements
from contracts.api.indicators import Indicators
from contracts.api.places import Areas, Pathways
from contracts.api.targets import Targets
from contracts.api.token import token

AGREEMENT = "agreements/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path("token", token, name="api_token"),
    path("agreements", Agreements.as_view(), name="api_agreements"),
    path("agreements/<slug:reference>", OneAgreement.as_view(), name="api_agreement"),
    path(f"{AGREEMENT}elements", Elements.as_view(), name="api_elements"),
    path(f"{AGREEMENT}areas", Areas.as_view(), name="api_areas"),
    path(f"{AGREEMENT}pathways", Pathways.as_view(), name="api_pathways"),
    path(f"{AGREEMENT}indicators", Indicators.as_view(), name="api_indicators"),
    path(f"{AGREEMENT}targets", Targets.as_view(), name="api_targets"),
]
