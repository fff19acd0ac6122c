"""The whole life of an API client: made in the admin site, a token, a request, another secret, and its end."""

import base64
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from contracts.models import ApiClient, ClientScope, Organisation, Role, Scope
from tests.admin_pages import add_address, change_address, sent, signed_in
from tests.kent import Kent

TOKEN, AGREEMENTS = "/api/v1/token", "/api/v1/agreements"


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def made(administrator: Client, kent: Kent) -> str:
    """A client of KCC's that may read, made as an administrator does; its secret as the page shows it."""
    given = {
        "name": "KCC reporting",
        "organisation": Organisation.objects.get(short_name="KCC").pk,
        "client_scopes-TOTAL_FORMS": "1",
        "client_scopes-0-agreement": kent.agreement.pk,
        "client_scopes-0-scope": Scope.FIGURES_READ,
    }
    return str(sent(administrator, add_address(ApiClient), given).context["secret"])


def asked(secret: str, **more: str) -> Any:
    """What the token address answers to the client with a secret."""
    pair = base64.b64encode(f"{ApiClient.objects.get().client_id}:{secret}".encode()).decode()
    form = urlencode({"grant_type": "client_credentials", **more})
    own = Client(headers={"Authorization": f"Basic {pair}"})
    return own.post(TOKEN, form, content_type="application/x-www-form-urlencoded")


def token(secret: str) -> str:
    answer = asked(secret)
    assert answer.status_code == HTTPStatus.OK, answer.content
    given: str = answer.json()["access_token"]
    return given


def status_with(token: str) -> int:
    """What a request with a token is answered."""
    return Client(headers={"Authorization": f"Bearer {token}"}).get(AGREEMENTS).status_code


def test_from_its_making_to_its_end(administrator: Client, kent: Kent) -> None:
    secret = made(administrator, kent)
    client = ApiClient.objects.get()
    first = token(secret)
    assert status_with(first) == HTTPStatus.OK
    page = f"/admin/contracts/apiclient/{client.pk}/"
    assert "Never" not in administrator.get(f"{page}change/").content.decode(), "its last use is seen"

    replaced = administrator.post(f"{page}new-secret/", {"instead_of": client.secret_made_at.isoformat()})
    assert status_with(first) == HTTPStatus.UNAUTHORIZED, "the token of the old secret"
    assert asked(secret).status_code == HTTPStatus.UNAUTHORIZED
    secret = replaced.context["secret"]
    second = token(secret)
    assert status_with(second) == HTTPStatus.OK

    administrator.post(f"{page}revoke/")
    assert status_with(second) == HTTPStatus.UNAUTHORIZED
    refused = asked(secret)
    assert refused.status_code == HTTPStatus.UNAUTHORIZED
    assert refused.json()["error"] == "invalid_client"


def test_a_scope_taken_away_holds_from_the_next_request(administrator: Client, kent: Kent) -> None:
    client_token = token(made(administrator, kent))
    client = ApiClient.objects.get()
    answer = Client(headers={"Authorization": f"Bearer {client_token}"}).get(AGREEMENTS)
    assert kent.agreement.reference in answer.content.decode()
    sent(administrator, change_address(client), {"client_scopes-0-DELETE": "on"})
    assert not ClientScope.objects.exists()
    answer = Client(headers={"Authorization": f"Bearer {client_token}"}).get(AGREEMENTS)
    assert kent.agreement.reference not in answer.content.decode()


def test_a_secret_is_no_password_and_a_session_no_token(administrator: Client, kent: Kent) -> None:
    made(administrator, kent)
    assert administrator.get(AGREEMENTS).status_code == HTTPStatus.UNAUTHORIZED
    assert asked("").status_code == HTTPStatus.UNAUTHORIZED
    assert asked("wrong").status_code == HTTPStatus.UNAUTHORIZED
