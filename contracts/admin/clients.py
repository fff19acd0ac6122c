"""Systems that use the API, in the admin site: made, given scopes, given a new secret, revoked."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from contracts import clock
from contracts.admin.audited import AuditedAdmin, Rows, actor_of
from contracts.admin.client_forms import ClientForm, ScopeRows
from contracts.admin.client_steps import ClientSteps, show_secret
from contracts.api_clients import change_scopes, change_terms, make_client
from contracts.client_use import with_use
from contracts.formatting import moment, whole
from contracts.models import ApiClient, ClientScope

# The library registered a page of its own, which would show and change what leaves no event.
admin.site.unregister(ApiClient)


class ClientScopeRows(Rows):
    """What the client may do in each agreement, from its next request on."""

    model = ClientScope
    formset = ScopeRows
    ordering = ("agreement__reference", "scope")
    verbose_name_plural = "What it may do"


@admin.register(ApiClient)
class ApiClientAdmin(ClientSteps, AuditedAdmin):
    """API clients. None is deleted: what they did keeps their name. Their secrets are shown once."""

    form = ClientForm
    inlines = (ClientScopeRows,)
    change_form_template = "admin/contracts/apiclient/change_form.html"
    list_display = ("name", "organisation", "may", "last_used", "in_the_last_hour", "state")
    list_filter = ("organisation", "client_scopes__agreement", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("name", "client_id", "organisation__name", "organisation__short_name")
    ordering = ("name",)
    fieldsets = ((None, {"fields": ("name", "organisation", "requests_a_minute")}),)
    of_one = ("How it is used", {"fields": ("client_id", "secret_made_at", "last_used", "in_the_last_hour", "state")})

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiClient]:
        """Clients with what they may do and how much they ask."""
        clients: QuerySet[ApiClient] = super().get_queryset(request)
        return with_use(clients).prefetch_related("client_scopes__agreement")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A client that there is, with how it is used."""
        return [*self.fieldsets, *([self.of_one] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A client stays its organisation's; what it is known by is the portal's to say."""
        return ["organisation", *self.of_one[1]["fields"]] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Clients are revoked instead."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that was revoked is only shown."""
        return super().has_change_permission(request, obj) and (obj is None or obj.revoked_at is None)

    def save_model(self, request: HttpRequest, obj: ApiClient, form: Any, change: bool) -> None:
        """Nothing yet: a client is made with its scopes, in `save_related`."""

    def save_related(self, request: HttpRequest, form: BaseForm, formsets: Any, change: bool) -> None:
        """Make the client or change it, with what the rows say; the actions write the events."""
        (rows,) = formsets
        rows.save(commit=False)  # says what changed, for the page's own history
        client, by, held = form.instance, actor_of(request), rows.held()  # type: ignore[attr-defined]  # of a row
        terms = {name: form.cleaned_data[name] for name in ("name", "requests_a_minute")}
        if change:
            change_terms(client, **terms, by=by)
            change_scopes(client, scopes=held, by=by)
            return
        made, client.client_secret = make_client(
            **terms, organisation=client.organisation, scopes=held, by=by, at=clock.now()
        )
        client.pk, client.client_id, client.secret_made_at = made.pk, made.client_id, made.secret_made_at

    def response_add(self, request: HttpRequest, obj: ApiClient, post_url_continue: Any = None) -> HttpResponse:
        """The secret, on the answer itself: it stands in no session and is never shown again."""
        return show_secret(self, request, obj, obj.client_secret)

    def get_urls(self) -> list[URLPattern]:
        """The page's addresses, with those of the two steps."""
        steps = (("new-secret", self.new_secret), ("revoke", self.revoke))
        own = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"contracts_apiclient_{name.replace('-', '_')}",
            )
            for name, view in steps
        ]
        return [*own, *super().get_urls()]

    @admin.display(description="may")
    def may(self, client: ApiClient) -> str:
        """What it may do, by agreement."""
        rows = sorted((one.agreement.reference, one.scope) for one in client.client_scopes.all())
        agreements = dict.fromkeys(reference for reference, _ in rows)
        said = [f"{one}: {', '.join(scope for of, scope in rows if of == one)}" for one in agreements]
        return "; ".join(said) or "Nothing yet"

    @admin.display(description="last used", ordering="last_used_at")
    def last_used(self, client: Any) -> str:
        """The minute of its last request, in real time."""
        return _at(client.last_used_at) or "Never"

    @admin.display(description="requests in the last hour", ordering="asked_lately")
    def in_the_last_hour(self, client: Any) -> str:
        """How many requests it made, in real time."""
        return whole(client.asked_lately)

    @admin.display(description="state")
    def state(self, client: ApiClient) -> str:
        """In use, or revoked since when."""
        return f"Revoked on {_at(client.revoked_at)}" if client.revoked_at else "In use"


def _at(when: datetime | None) -> str:
    return moment(timezone.localtime(when)) if when else ""
