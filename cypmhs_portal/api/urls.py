"""Every address of the API, version 1, and of its document."""

from django.urls import URLPattern, URLResolver, include, path

from cypmhs_portal.api import views
from cypmhs_portal.api.handlers import unknown_address
from cypmhs_portal.api.published import PublishedFigures
from cypmhs_portal.api.whole_document import whole_document

urlpatterns: list[URLPattern | URLResolver] = [
    path("docs/", views.docs, name="api_docs"),
    path("docs", views.docs_without_slash, name="api_docs_without_slash"),
    path("v1/openapi.json", whole_document, name="api_document"),
    path("v1/", include("contracts.api.urls")),
    path("v1/", include("performance.api.urls")),
    path("v1/", include("funding.api.urls")),
    path("v1/agreements/<slug:reference>/published-figures", PublishedFigures.as_view(), name="api_published_figures"),
    path("<path:rest>", unknown_address),
]
