"""Addresses of the pages that are made of all three apps."""

from django.urls import URLPattern, path

from cypmhs_portal.dashboards import views

urlpatterns: list[URLPattern] = [
    path("", views.landing, name="landing"),
    path("how-figures-are-worked-out/", views.guide, name="guide"),
    path("agreements/<slug:reference>/", views.overview, name="overview"),
    path("agreements/<slug:reference>/elements/<slug:code>/", views.element, name="element"),
    path(
        "agreements/<slug:reference>/figures/<slug:indicator>/<slug:element>/<slug:area>/<month:month>/",
        views.figure,
        name="figure",
    ),
    path("agreements/<slug:reference>/terms/", views.agreement, name="agreement"),
    path("agreements/<slug:reference>/published-figures/", views.published, name="published"),
]
