"""What is done to a client of the API: made, given other scopes or another secret, revoked. No event holds a secret."""

import secrets
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_id
from oauth2_provider.models import AccessToken
from oauth2_provider.settings import oauth2_settings

from contracts import audit
from contracts.audit import Actor
from contracts.client_scopes import Held, check_suits
from contracts.formatting import day
from contracts.models import Agreement, ApiClient, ClientScope, Organisation, Scope

REQUESTS_A_MINUTE = 120
SECRET_BYTES = 32
# What an agreement's events say of a client there, by the agreement's number.
Told = dict[Agreement, Any]


class Known(NamedTuple):
    """What a client signs in with, where it is given and not made up."""

    identifier: str
    secret: str


class ClientRevokedError(ValueError):
    """A client that was revoked would be changed; the message says since when."""


@transaction.atomic
def make_client(
    *,
    name: str,
    organisation: Organisation,
    scopes: Collection[Held],
    by: Actor,
    at: datetime,
    requests_a_minute: int = REQUESTS_A_MINUTE,
    known: Known | None = None,
) -> tuple[ApiClient, str]:
    """Make a client; returns it and its secret, of which only a hash is kept.

    `known` is for the demo, which tells both again at each start. Raises UnsuitableScopeError.
    """
    check_suits(organisation, scopes)
    identifier, secret = known or Known(_fresh_identifier(), _fresh_secret())
    client = ApiClient.objects.create(
        client_id=identifier,
        name=name,
        organisation=organisation,
        requests_a_minute=requests_a_minute,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        client_secret=_hashed(secret),
        secret_made_at=at,
    )
    # The library's column takes the machine's time; a sync's silence is counted from it by the portal's clock.
    ApiClient.objects.filter(pk=client.pk).update(created=at)
    _give(client, scopes)
    terms = {"organisation": str(organisation), "requests a minute": requests_a_minute}
    _record("API client made", client, by, _told(client), after=terms)
    return client, secret


@transaction.atomic
def change_scopes(client: ApiClient, *, scopes: Collection[Held], by: Actor) -> ApiClient:
    """Let a client do `scopes` and nothing else, from its next request on; an event in each agreement that it concerns.

    Raises UnsuitableScopeError and ClientRevokedError.
    """
    held = _held(client)
    check_suits(held.organisation, scopes)
    before = _told(held)
    held.client_scopes.all().delete()
    _give(held, scopes)
    after = _told(held)
    for agreement in _in_order({*before, *after}):
        was, now = before.get(agreement, []), after.get(agreement, [])
        if was != now:
            audit.record(
                "API client’s scopes changed",
                by=by,
                agreement=agreement,
                subject=held.name,
                before={"scopes": was},
                after={"scopes": now},
            )
    return held


@transaction.atomic
def change_terms(client: ApiClient, *, name: str, requests_a_minute: int, by: Actor) -> ApiClient:
    """Give a client another name or limit. Nothing happens where both are as they were. Raises ClientRevokedError."""
    held = _held(client)
    before = {"name": held.name, "requests a minute": held.requests_a_minute}
    after = {"name": name, "requests a minute": requests_a_minute}
    if before != after:
        held.name, held.requests_a_minute = name, requests_a_minute
        held.save(update_fields=["name", "requests_a_minute"])
        _record("API client changed", held, by, dict.fromkeys(_told(held)), before=before, after=after)
    return held


@transaction.atomic
def new_secret(client: ApiClient, *, by: Actor, at: datetime, secret: str = "") -> str:
    """Replace a client's secret; the old one and every token got with it end at once. Raises ClientRevokedError."""
    held = _held(client)
    secret = secret or _fresh_secret()
    held.client_secret, held.secret_made_at = _hashed(secret), at
    held.save(update_fields=["client_secret", "secret_made_at"])
    _end_tokens(held)
    _record("API client given a new secret", held, by, dict.fromkeys(_told(held)))
    return secret


@transaction.atomic
def revoke(client: ApiClient, *, by: Actor, at: datetime) -> ApiClient:
    """End a client for good, its tokens with it; what it did keeps its name. Raises ClientRevokedError."""
    held = _held(client)
    held.revoked_at = at
    held.save(update_fields=["revoked_at"])
    _end_tokens(held)
    _record("API client revoked", held, by, _told(held))
    return held


def _held(client: ApiClient) -> ApiClient:
    """The client as it is now, kept from others until the end. Raises ClientRevokedError."""
    held: ApiClient = ApiClient.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=client.pk)
    if held.revoked_at is not None:
        since = day(timezone.localtime(held.revoked_at))
        raise ClientRevokedError(f"“{held}” was revoked on {since}, and stays so. Make another client instead.")
    return held


def _give(client: ApiClient, scopes: Collection[Held]) -> None:
    rows = [ClientScope(client=client, agreement=agreement, scope=scope) for agreement, scope in dict.fromkeys(scopes)]
    ClientScope.objects.bulk_create(rows)


def _told(client: ApiClient) -> Told:
    """What the client may do, by agreement."""
    told: dict[Agreement, list[str]] = defaultdict(list)
    for row in client.client_scopes.select_related("agreement").order_by("scope"):
        told[row.agreement].append(Scope(row.scope).value)
    return dict(told)


def _in_order(agreements: Collection[Agreement]) -> list[Agreement]:
    """Every writer of several chains takes them in the same order, so that none waits for the other for ever."""
    return sorted(agreements, key=lambda agreement: agreement.pk)


def _record(
    action: str, client: ApiClient, by: Actor, told: Told, before: Any = None, after: dict[str, Any] | None = None
) -> None:
    """One event in each agreement in which the client may do something; in the portal's own chain where in none."""
    agreements: list[Agreement | None] = [*_in_order(told)]
    for agreement in agreements or [None]:
        scopes = told[agreement] if agreement else None
        said = {**(after or {}), **({"scopes": scopes} if scopes else {})}
        audit.record(action, by=by, agreement=agreement, subject=client.name, before=before, after=said or None)


def _end_tokens(client: ApiClient) -> None:
    AccessToken.objects.filter(application=client).delete()


def _fresh_identifier() -> str:
    """As the library makes them."""
    return str(generate_client_id())  # type: ignore[no-untyped-call]  # untyped there


def _fresh_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def _hashed(secret: str) -> str:
    """Hashed here: the library keeps a secret as it is that begins as a hash does."""
    return make_password(secret, hasher=oauth2_settings.CLIENT_SECRET_HASHER)
