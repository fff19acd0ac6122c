"""What a client may do: read from its rows at each request, narrowed by what its token was asked for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from oauth2_provider.scopes import BaseScopes
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from contracts.api.authentication import Caller
from contracts.held_scopes import scopes_held
from contracts.models import Agreement, ApiClient, Scope


class ClientScopes(BaseScopes):
    """The scopes that the token address may give a client: those it has in any agreement."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope there is, with what it lets a client do."""
        return {scope.value: str(scope.label) for scope in Scope}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *_args: Any, **_more: Any
    ) -> list[str]:
        """The client's own."""
        return [] if application is None else sorted(scopes_of(application))

    def get_default_scopes(self, application: Any = None, request: Any = None, *_args: Any, **_more: Any) -> list[str]:
        """All of the client's own, where it asks for none by name."""
        return self.get_available_scopes(application)


def scopes_of(client: ApiClient) -> set[str]:
    """The scopes that a client has in any agreement."""
    return set(scopes_held(client).values_list("scope", flat=True))


def agreements_of(caller: Caller, scopes: Sequence[Scope] = tuple(Scope)) -> QuerySet[Agreement]:
    """The agreements in which the client has any of `scopes`, as far as its token goes; in no order."""
    held = [scope for scope in scopes if scope in caller.token_scopes]
    return Agreement.objects.filter(pk__in=scopes_held(caller.client).filter(scope__in=held).values("agreement"))


class HasScope(BasePermission):
    """The token goes as far as the operation's scope; which agreements it holds in is the view's to ask."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """False leads to 401 where nobody signed in, to 403 otherwise."""
        if not isinstance(request.auth, Caller):
            return False
        scope: Scope | None = view.scope_for(request.method)
        self.message = f"This token was not given the scope {scope}."
        return scope is None or scope in request.auth.token_scopes
