"""Every address of the portal, found from the resolver, and how to open each one of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from contracts.api.view import ANY_SCOPE
from contracts.models import Scope

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
ADMINISTRATORS, PUBLIC, SIGNED_IN = "administrators", "public", "signed in"
# Where everything is answered that the API does not have.
NOWHERE = "api/<path:rest>"

# What Django and allauth guard themselves: who may come in, and why that is so.
OTHERS_VIEWS = {
    "account_login": (PUBLIC, "where people sign in"),
    "account_logout": (PUBLIC, "signing out twice does no harm; strangers are led on"),
    "account_reset_password": (PUBLIC, "for those who cannot sign in"),
    "account_reset_password_done": (PUBLIC, "says that a message was sent"),
    "account_reset_password_from_key": (PUBLIC, "the key in the message is what lets somebody in"),
    "account_reset_password_from_key_done": (PUBLIC, "says that the password was changed"),
    "account_inactive": (PUBLIC, "says that the account was closed"),
    "account_change_password": (SIGNED_IN, "everybody changes their own"),
    "account_reauthenticate": (SIGNED_IN, "everybody confirms that it is they"),
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its whole route, its name with its namespace, and its view."""

    route: str
    name: str
    view: Callable[..., Any]

    @property
    def permission(self) -> str | None:
        """What the view states, or what is said of it here; None where nobody says."""
        stated: str | None = getattr(self.view, "permission", None)
        if stated is not None or self.name in OTHERS_VIEWS:
            return stated or OTHERS_VIEWS[self.name][0]
        # The admin site lets no view of its own be opened by anybody else (`AdminSite.admin_view`).
        return ADMINISTRATORS if self.is_of_admin_site else None

    @property
    def is_of_admin_site(self) -> bool:
        """Whether it is a page of the admin site."""
        return self.name.startswith("admin:")

    @property
    def asks_for_a_token(self) -> bool:
        """Whether it is an operation of the API, which a system opens with its token and a person never does."""
        return self.permission == ANY_SCOPE or self.permission in set(Scope)

    @property
    def is_of_an_agreement(self) -> bool:
        """Whether it is a page that names the agreement it is of."""
        return "reference>" in self.route and not self.asks_for_a_token

    def path(self, values: Mapping[str, object]) -> str:
        """The path with `values` in place of its parameters."""
        filled = PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), self.route)
        return "/" + filled.replace("^", "").replace("$", "")


def every_address() -> list[Address]:
    """Every address there is, in the resolver's order."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def row_of_admin_page(address: Address) -> int:
    """The key of a row that a page of the admin site can show; 0 for a page that is of no kind of row."""
    for model in admin.site._registry:
        if f"/{model._meta.app_label}/{model._meta.model_name}/" in address.route:
            row = model._default_manager.order_by("pk").first()
            assert row is not None, f"There is no {model.__name__} to open a page of."
            return int(row.pk)
    return 0


def _walk(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(here, namespace + (pattern.name or ""), pattern.callback)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
