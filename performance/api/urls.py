"""Addresses of the API that are about returns, figures and cases."""

from django.urls import URLPattern, path

from performance.api.figures import Figures

AGREEMENT = "agreements/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path(f"{AGREEMENT}figures", Figures.as_view(), name="api_figures"),
]
