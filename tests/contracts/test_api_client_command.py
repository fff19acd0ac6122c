"""Making a client at the console: what it prints signs in, and what cannot be is said plainly."""

import json
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command

from contracts.models import ApiClient, Event
from tests.kent import Kent

pytestmark = pytest.mark.django_db
KENT = "KCC-CYPMHS-S76"


def made(*may: str, organisation: str = "KCC", name: str = "Reports") -> dict[str, str]:
    out = StringIO()
    arguments = [part for scope in may for part in ("--may", KENT, scope)]
    call_command("api_client", "--name", name, "--organisation", organisation, *arguments, "--json", stdout=out)
    told: dict[str, str] = json.loads(out.getvalue())
    return told


def test_what_is_printed_is_what_the_client_signs_in_with(kent: Kent) -> None:
    told = made("figures:read", "money:read")
    client = ApiClient.objects.get(client_id=told["client_id"])
    assert check_password(told["client_secret"], client.client_secret)
    assert sorted(client.client_scopes.values_list("scope", flat=True)) == ["figures:read", "money:read"]


def test_no_event_tells_the_secret(kent: Kent) -> None:
    told = made("figures:read")
    event = Event.objects.latest("pk")
    assert (event.action, event.actor_name) == ("API client made", "the operator at the console")
    assert told["client_secret"] not in json.dumps([event.subject, event.before, event.after])


@pytest.mark.parametrize(
    ("scope", "organisation", "name", "says"),
    [
        ("figures:read", "Nobody", "Reports", "There is no organisation called Nobody. There are: "),
        ("everything", "KCC", "Reports", "There is no scope called everything. There are: early-help:write"),
        ("returns:write", "KCC", "Reports", "is for the provider"),
        ("figures:read", "KCC", " ", "needs a name"),
    ],
)
def test_what_cannot_be_is_said_plainly(kent: Kent, scope: str, organisation: str, name: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        made(scope, organisation=organisation, name=name)
    assert not ApiClient.objects.exists()
