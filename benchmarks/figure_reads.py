"""Figures read through the API, as a system reads them: a page of a month, with its sources, by a client's token."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken

from contracts.models import Agreement, ApiClient, ClientScope, Scope

MANY = 1_000_000


def reader_of(agreement: Agreement) -> Client:
    """A system that may read the figures of `agreement` as often as it likes, with a token."""
    client = ApiClient.objects.create(
        name="Measuring",
        organisation=agreement.parties.order_by("pk")[0].organisation,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        requests_a_minute=MANY,
        secret_made_at=timezone.now(),
    )
    ClientScope.objects.create(client=client, agreement=agreement, scope=Scope.FIGURES_READ)
    held = AccessToken(application=client, expires=timezone.now() + timedelta(hours=1), scope=Scope.FIGURES_READ)
    token = held._raw_token = secrets.token_urlsafe(24)  # type: ignore[attr-defined]  # of which the library keeps the checksum
    held.save()
    return Client(headers={"Authorization": f"Bearer {token}", "Host": "localhost"})


def read(reader: Client, path: str) -> Callable[[], object]:
    """Read `path`; raises RuntimeError unless it is answered with items."""

    def reading() -> object:
        answer = reader.get(path)
        if answer.status_code != 200 or not answer.json()["items"]:
            raise RuntimeError(f"{path} was answered {answer.status_code}: {answer.content[:200]!r}")
        return answer

    return reading
