"""The portal's addresses and the empty page's."""

from django.urls import URLPattern, URLResolver, include, path

from benchmarks.views import empty

urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/<slug:reference>/empty/", empty, name="empty"),
    path("", include("cypmhs_portal.urls")),
]
