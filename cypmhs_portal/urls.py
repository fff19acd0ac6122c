"""Every address of the portal."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from cypmhs_portal import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
]
