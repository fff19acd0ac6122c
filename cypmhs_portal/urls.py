"""Every address of the portal."""

from allauth.account import views as account_views
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, register_converter

from contracts.converters import MonthConverter, PaperFileConverter, YearConverter
from cypmhs_portal import health

register_converter(MonthConverter, "month")
register_converter(YearConverter, "year")
register_converter(PaperFileConverter, "paper")

# Of allauth's account pages only those that people made by an administrator need: nobody signs up.
account_patterns: list[URLPattern | URLResolver] = [
    path("sign-in/", account_views.login, name="account_login"),
    path("sign-out/", account_views.logout, name="account_logout"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("password/reset/", account_views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/<uidb36>-<key>/", account_views.password_reset_from_key, name="account_reset_password_from_key"
    ),
    path(
        "password/reset/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("confirm-access/", account_views.reauthenticate, name="account_reauthenticate"),
    path("closed/", account_views.account_inactive, name="account_inactive"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
    path("account/", include(account_patterns)),
    path("api/", include("cypmhs_portal.api.urls")),
    path("", include("cypmhs_portal.dashboards.urls")),
    path("", include("cypmhs_portal.exits.urls")),
    path("", include("cypmhs_portal.levers.urls")),
    path("", include("cypmhs_portal.decisions.urls")),
    path("", include("contracts.urls")),
    path("", include("cypmhs_portal.variations.urls")),
    path("", include("performance.urls")),
    path("", include("funding.urls")),
]

handler400 = "cypmhs_portal.api.handlers.bad_request"
handler403 = "cypmhs_portal.api.handlers.forbidden"
handler404 = "cypmhs_portal.api.handlers.not_found"
handler500 = "cypmhs_portal.api.handlers.failed"
