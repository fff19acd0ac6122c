"""Tokens: who may ask how often, in which form, and what a secret that is replaced meanwhile still opens."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from pytest_django.fixtures import Settings

from contracts.api.throttles import TokenThrottle
from contracts.api_clients import new_secret, revoke
from contracts.audit import CONSOLE
from contracts.models import ApiClient, TokenRequests
from contracts.tasks import clear_left
from tests.api_callers import SECRET, client_for
from tests.kent import DEMO_MOMENT, Kent

TOKEN, FORM = "/api/v1/token", "application/x-www-form-urlencoded"
GRANT = "grant_type=client_credentials"
MINUTE = timedelta(minutes=1)
SENDER = "192.0.2.7"
THREADS, EACH = 8, 6


def asked(body: str, *, basic: str = "", **sent_by: Any) -> Any:
    """What the token address answers to a form; `basic` is the pair of a Basic header."""
    headers = {"Authorization": f"Basic {base64.b64encode(basic.encode()).decode()}"} if basic else {}
    return Client(headers=headers).post(TOKEN, body, content_type=FORM, **sent_by)


def form(client: ApiClient, secret: str = SECRET) -> str:
    """The form of a client with a secret."""
    return f"{GRANT}&{urlencode({'client_id': client.client_id, 'client_secret': secret})}"


def refused(answer: Any, status: int, error: str) -> None:
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.content


@pytest.fixture
def client_of_kent(kent: Kent) -> ApiClient:
    return client_for(kent.agreement)


def during_the_check(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Let something happen when a secret was found right, and its token is not yet kept."""
    keep = OAuth2Validator.save_bearer_token

    def meanwhile(*arguments: Any, **named: Any) -> Any:
        act()
        return keep(*arguments, **named)

    monkeypatch.setattr(OAuth2Validator, "save_bearer_token", meanwhile)


def test_a_secret_replaced_while_it_is_checked_gives_no_token(
    client_of_kent: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        during_the_check(patch, lambda: new_secret(client_of_kent, by=CONSOLE, at=DEMO_MOMENT, secret="another"))
        refused(asked(form(client_of_kent)), 401, "invalid_client")
    assert not AccessToken.objects.exists()
    assert asked(form(client_of_kent, "another")).status_code == 200
    assert AccessToken.objects.count() == 1


def test_a_client_revoked_while_it_is_checked_gets_no_token(
    client_of_kent: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    during_the_check(monkeypatch, lambda: revoke(client_of_kent, by=CONSOLE, at=DEMO_MOMENT))
    refused(asked(form(client_of_kent)), 401, "invalid_client")
    assert not AccessToken.objects.exists()


def test_a_secret_replaced_for_another_client_ends_no_token(
    kent: Kent, client_of_kent: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = client_for(kent.agreement, name="Another")
    during_the_check(monkeypatch, lambda: new_secret(other, by=CONSOLE, at=DEMO_MOMENT))
    assert asked(form(client_of_kent)).status_code == 200


@pytest.mark.parametrize("more", ["client_secret=bad&", "grant_type=password&", "scope=a&scope=b&"])
def test_a_name_stands_once_in_the_form(client_of_kent: ApiClient, more: str) -> None:
    refused(asked(more + form(client_of_kent)), 400, "invalid_request")


def test_a_client_signs_in_in_one_way(kent: Kent, client_of_kent: ApiClient) -> None:
    own, other = client_of_kent.client_id, client_for(kent.agreement, name="Another").client_id
    for basic in (f"{other}:x", f"{own}:{SECRET}"):
        refused(asked(form(client_of_kent), basic=basic), 400, "invalid_request")
    refused(asked(f"{GRANT}&client_id={own}", basic=f"{other}:{SECRET}"), 400, "invalid_request")
    # The identifier alone is no second secret.
    assert asked(f"{GRANT}&client_id={own}", basic=f"{own}:{SECRET}").status_code == 200


def used_up(sender: str, requests: int) -> None:
    """The sender's requests in this minute, and in the next in case it begins meanwhile."""
    now = timezone.now().replace(second=0, microsecond=0)
    for minute in (now, now + MINUTE):
        TokenRequests.objects.create(sender=sender, minute=minute, requests=requests)


@pytest.mark.parametrize(
    ("proxies", "sent", "sender"),
    [
        (0, {"REMOTE_ADDR": SENDER, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, SENDER),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.113.9, {SENDER}"}, SENDER),
        (0, {"REMOTE_ADDR": ""}, ""),
        (1, {"HTTP_X_FORWARDED_FOR": "9" * 500}, "9" * 64),
    ],
)
def test_a_sender_is_who_the_proxy_saw(
    db: None, settings: Settings, proxies: int, sent: dict[str, str], sender: str
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    assert asked("", **sent).status_code == 400
    assert {row.sender for row in TokenRequests.objects.all()} == {sender}
    TokenRequests.objects.all().delete()
    used_up(sender, 60)
    assert asked("", **sent).status_code == 429


def test_what_senders_asked_is_kept_a_day(db: None) -> None:
    for hours in (0, 23, 25):
        TokenRequests.objects.create(sender=SENDER, minute=timezone.now() - timedelta(hours=hours), requests=1)
    clear_left()
    assert TokenRequests.objects.count() == 2


@pytest.fixture
def quick_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    """Few enough that many at once are more."""
    monkeypatch.setattr(TokenThrottle, "rate", "10/min")
    return 10


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted(quick_limit: int) -> None:
    def guess(_: int) -> list[int]:
        try:
            return [asked("", REMOTE_ADDR=SENDER).status_code for _ in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        statuses = [status for some in pool.map(guess, range(THREADS)) for status in some]
    by_minute = list(TokenRequests.objects.filter(sender=SENDER).values_list("requests", flat=True))
    assert sum(by_minute) == len(statuses) == THREADS * EACH
    # Should a minute end meanwhile, each has its own limit.
    assert statuses.count(400) == sum(min(quick_limit, requests) for requests in by_minute)
    assert statuses.count(429) == len(statuses) - statuses.count(400)


@pytest.mark.django_db(transaction=True)
def test_only_the_count_does_not_wait_for_the_disk() -> None:
    assert waits_for_the_disk()
    asked("", REMOTE_ADDR=SENDER)
    assert waits_for_the_disk()
    with transaction.atomic():
        asked("", REMOTE_ADDR=SENDER)
        assert not waits_for_the_disk(), "what is counted here is not yet committed"


def waits_for_the_disk() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return bool(cursor.fetchone() == ("on",))
