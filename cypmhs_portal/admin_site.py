"""The admin site, without a door of its own: people come in by the portal's sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

OWN_APPS = frozenset({"contracts", "performance", "funding"})


class PortalAdminSite(AdminSite):
    """Reference data, people and agreements, for administrators."""

    site_header = "Joint funding portal: administration"
    site_title = "Portal administration"
    index_title = "What the portal rests on"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Show the portal's own rows only: a library's page would leave no event in the audit trail."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label in OWN_APPS]
        super().register(own, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send strangers to the portal's sign-in, and tell others that this is not theirs."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Only administrators may use the admin site.")
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            wanted = reverse("admin:index")
        answer: HttpResponseBase = redirect_to_login(wanted, reverse("account_login"))
        return redirect(wanted) if request.user.is_authenticated else answer

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out as everywhere in the portal, and end at its sign-in page."""
        super().logout(request, extra_context)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Administrators change their own password where everybody does."""
        return redirect("account_change_password")
