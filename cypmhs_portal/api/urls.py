"""Every address of the API, version 1, and of its document."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularJSONAPIView

from contracts.access import public
from cypmhs_portal.api.handlers import unknown_address
from cypmhs_portal.api.published import PublishedFigures

document = public(SpectacularJSONAPIView.as_view(permission_classes=[], authentication_classes=[], throttle_classes=[]))

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", document, name="api_document"),
    path("v1/", include("contracts.api.urls")),
    path("v1/", include("performance.api.urls")),
    path("v1/agreements/<slug:reference>/published-figures", PublishedFigures.as_view(), name="api_published_figures"),
    path("<path:rest>", unknown_address),
]
