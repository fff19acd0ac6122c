"""Systems that call the API in tests: clients of their own with scopes, tokens, and what they ask with."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken

from contracts.models import SCOPE_PARTIES, Agreement, ApiClient, ClientScope, Organisation, Party, PartyRole, Scope

SECRET = "a secret that nobody would guess"


@dataclass(frozen=True)
class Caller:
    """A client with a token, and a browserless `http` that sends it with every request."""

    client: ApiClient
    token: str
    http: Client

    def get(self, path: str, **asked: Any) -> Any:
        """What a GET of `path` is answered with; `asked` stands behind the address."""
        return self.http.get(path, asked)

    def items(self, path: str, **asked: Any) -> list[dict[str, Any]]:
        """Every item of a list, page after page. The list must be there."""
        answer = self.get(path, **asked)
        held: list[dict[str, Any]] = []
        while True:
            assert answer.status_code == 200, answer.content.decode()
            held += answer.json()["items"]
            if not answer.json()["next"]:
                return held
            answer = self.http.get(answer.json()["next"])

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """What a POST of JSON is answered with; headers by their names in capitals: `Idempotency_Key="1"`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return self.http.post(path, content, content_type="application/json", headers=named)


def client_for(
    agreement: Agreement | None,
    scopes: Iterable[Scope] = tuple(Scope),
    *,
    name: str = "Test client",
    organisation: Organisation | None = None,
    requests_a_minute: int = 100_000,
) -> ApiClient:
    """A client with `scopes` in `agreement`, of a party that they suit unless another organisation is named."""
    scopes = list(scopes)
    owner = organisation or (agreement and _suiting(agreement, scopes))
    client = ApiClient.objects.create(
        name=name,
        organisation=owner or Organisation.objects.create(name=name, short_name=name),
        client_id=f"test-{secrets.token_hex(8)}",
        client_secret=SECRET,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        requests_a_minute=requests_a_minute,
        secret_made_at=timezone.now(),
    )
    if agreement is not None:
        ClientScope.objects.bulk_create(ClientScope(client=client, agreement=agreement, scope=s) for s in scopes)
    return client


def _suiting(agreement: Agreement, scopes: list[Scope]) -> Organisation:
    """A party that may have every scope; for what only a council and only a provider may, the provider is made both."""
    parties = list(agreement.parties.select_related("organisation").order_by("pk"))
    for party in parties:
        roles = {one.role for one in parties if one.organisation_id == party.organisation_id}
        if all(SCOPE_PARTIES[scope] & roles for scope in scopes):
            return party.organisation
    provider = next(party.organisation for party in parties if party.role == PartyRole.PROVIDER)
    Party.objects.create(agreement=agreement, organisation=provider, role=PartyRole.COUNCIL)
    return provider


def token_for(client: ApiClient, scopes: Iterable[Scope] = tuple(Scope), seconds: int = 900) -> str:
    """A token as the token address gives it, good for `seconds`; without asking it, whose hasher is slow."""
    token = secrets.token_urlsafe(24)
    held = AccessToken(
        application=client, expires=timezone.now() + timedelta(seconds=seconds), scope=" ".join(sorted(scopes))
    )
    held._raw_token = token  # type: ignore[attr-defined]  # of which the library keeps the checksum
    held.save()
    return token


def calling(client: ApiClient, scopes: Iterable[Scope] = tuple(Scope), seconds: int = 900) -> Caller:
    """The client with a token for `scopes`."""
    token = token_for(client, scopes, seconds)
    return Caller(client, token, Client(headers={"Authorization": f"Bearer {token}"}))


def caller_for(agreement: Agreement | None, *scopes: Scope, **more: Any) -> Caller:
    """A new client with `scopes` in `agreement`, or with all there are, and its token."""
    return calling(client_for(agreement, scopes or tuple(Scope), **more))
