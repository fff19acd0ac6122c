"""The admin site, without a door of its own: people come in by the portal's sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse


class PortalAdminSite(AdminSite):
    """Reference data, people and agreements, for administrators."""

    site_header = "Joint funding portal: administration"
    site_title = "Portal administration"
    index_title = "What the portal rests on"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send strangers to the portal's sign-in, and tell others that this is not theirs."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Only administrators may use the admin site.")
        answer: HttpResponseBase = redirect_to_login(request.get_full_path(), reverse("account_login"))
        return answer

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Administrators change their own password where everybody does."""
        return redirect("account_change_password")
