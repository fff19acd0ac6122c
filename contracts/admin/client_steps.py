"""The two steps of an API client that are more than a change of its page: a new secret, and the end of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.admin.audited import actor_of
from contracts.api_clients import ClientRevokedError, new_secret, revoke
from contracts.models import ApiClient

PAGE_OF_CLIENT = "admin:contracts_apiclient_change"
PAGES = "admin/contracts/apiclient/"
ASK_OR_ACT = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_variables("secret")
def show_secret(page: Any, request: HttpRequest, client: ApiClient, secret: str) -> TemplateResponse:
    """The answer that tells a secret, and the only one: nothing keeps it, and no browser may."""
    context = _context(page, request, client, "The client’s secret") | {"secret": secret}
    answer = TemplateResponse(request, f"{PAGES}secret.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class ClientSteps(ModelAdmin):  # type: ignore[type-arg]  # of ApiClient
    """The pages that ask before a step is taken, and take it."""

    @method_decorator(ASK_OR_ACT)
    @method_decorator(sensitive_post_parameters())
    def new_secret(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Replace the secret, once it is confirmed, and show the new one. The same form sent again does nothing."""
        client = self._client(request, object_id)
        if request.method != "POST":
            return TemplateResponse(
                request, f"{PAGES}new_secret.html", _context(self, request, client, "Make a new secret")
            )
        if request.POST.get("instead_of") != client.secret_made_at.isoformat():
            messages.error(
                request,
                "Nothing was done: the secret was replaced since you opened that page. If you do not have the one "
                "that holds now, make another.",
            )
            return redirect(PAGE_OF_CLIENT, client.pk)
        return self._taken(
            request,
            client,
            lambda: show_secret(self, request, client, new_secret(client, by=actor_of(request), at=clock.now())),
        )

    @method_decorator(ASK_OR_ACT)
    def revoke(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """End the client, once it is confirmed."""
        client = self._client(request, object_id)
        if request.method != "POST":
            return TemplateResponse(request, f"{PAGES}revoke.html", _context(self, request, client, "Revoke"))

        def end() -> HttpResponse:
            revoke(client, by=actor_of(request), at=clock.now())
            messages.success(request, f"“{client}” was revoked. Its secret and its tokens hold no longer.")
            return redirect(PAGE_OF_CLIENT, client.pk)

        return self._taken(request, client, end)

    def _client(self, request: HttpRequest, object_id: int) -> ApiClient:
        client: ApiClient | None = self.get_queryset(request).filter(pk=object_id).first()
        if client is None:
            raise Http404("There is no such client.")
        return client

    def _taken(self, request: HttpRequest, client: ApiClient, step: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return step()
        except ClientRevokedError as refused:
            messages.error(request, str(refused))
            return redirect(PAGE_OF_CLIENT, client.pk)


def _context(page: Any, request: HttpRequest, client: ApiClient, title: str) -> dict[str, Any]:
    return {**page.admin_site.each_context(request), "opts": page.opts, "client": client, "title": title}
