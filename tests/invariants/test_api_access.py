"""Every operation of the API × every kind of caller: only the right client of the right agreement comes in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contracts.api.view import ANY_SCOPE
from contracts.models import ApiClient, ClientScope, Party, PartyRole, Scope
from tests.api_callers import Caller, caller_for, calling, client_for
from tests.invariants.addresses import Address, every_address
from tests.invariants.visitors import OTHER_REFERENCE, World, world_around
from tests.kent import Kent

pytestmark = pytest.mark.django_db
OPERATIONS = [address for address in every_address() if address.asks_for_a_token]
OF_KENT = [address for address in OPERATIONS if "<slug:reference>" in address.route]
MUST_BE_ASKED = {"api_money": {"year": "2018-19"}}
WITH_A_SCOPE = [address for address in OPERATIONS if address.permission != ANY_SCOPE]


@pytest.fixture(scope="module")
def world(loaded: Kent) -> World:
    return world_around(loaded)


def answers(world: World, http: Client, addresses: list[Address] = OPERATIONS) -> dict[str, int]:
    """What a GET of each address is answered with."""
    return {
        address.route: http.get(world.path_of(address), MUST_BE_ASKED.get(address.name or "")).status_code
        for address in addresses
    }


def others(scopes: list[Scope], wanted: object) -> list[Scope]:
    return [scope for scope in scopes if scope != wanted]


def anywhere(caller: Caller, address: Address, world: World) -> int:
    """What a GET is answered with, or an empty batch where there is nothing to get."""
    path = world.path_of(address)
    status = int(caller.http.get(path).status_code)
    empty = {"agreement": world.kent.agreement.reference, "as_of": "2019-08-31", "cases": []}
    return int(caller.post(path, empty).status_code) if status == 405 else status


def test_there_are_operations_to_try():
    assert len(OPERATIONS) > 12
    assert {a.permission for a in OPERATIONS} >= {Scope.FIGURES_READ, ANY_SCOPE}


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer no-such-token", "Basic dXNlcjpwYXNz", "Bearer a b", "Bearer \xff"]
)
def test_without_a_token_every_operation_asks_for_one(world, header):
    http = Client(headers={"Authorization": header}) if header else Client()
    for address in OPERATIONS:
        answer = http.get(world.path_of(address))
        assert answer.status_code == 401, address.route
        assert answer["WWW-Authenticate"].startswith("Bearer"), address.route
        assert answer["Content-Type"] == "application/problem+json"


def test_a_token_in_the_address_is_refused_even_where_it_is_good(world):
    caller = caller_for(world.kent.agreement)
    paths = [world.path_of(address) for address in OPERATIONS]
    assert {Client().get(path, {"access_token": caller.token}).status_code for path in paths} == {401}


def test_an_expired_token_opens_nothing(world):
    caller = calling(client_for(world.kent.agreement), seconds=-1)
    assert set(answers(world, caller.http).values()) == {401}


def test_a_revoked_client_opens_nothing_from_the_next_request_on(world):
    caller = caller_for(world.kent.agreement)
    assert caller.get("/api/v1/agreements").status_code == 200
    ApiClient.objects.filter(pk=caller.client.pk).update(revoked_at=timezone.now() - timedelta(seconds=1))
    assert set(answers(world, caller.http).values()) == {401}


def test_the_right_client_comes_in_everywhere(world):
    found = answers(world, caller_for(world.kent.agreement).http)
    # Some only take what is sent, and say so.
    assert {route: status for route, status in found.items() if status not in (200, 405)} == {}


def test_a_client_of_another_agreement_finds_nothing_of_this_one(world):
    other = type(world.kent.agreement).objects.get(reference=OTHER_REFERENCE)
    http = caller_for(other).http
    assert set(answers(world, http, OF_KENT).values()) == {404}
    nowhere = {http.get(world.path_of(address, reference="NOWHERE")).content for address in OF_KENT}
    theirs = {http.get(world.path_of(address)).content for address in OF_KENT}
    assert nowhere == theirs


def test_a_client_without_the_scope_is_told_so(world):
    for address in WITH_A_SCOPE:
        caller = caller_for(world.kent.agreement, *others(list(Scope), address.permission))
        # A batch names its agreement in its body, and is told of none that the client cannot send to.
        expected = 404 if address.name == "api_early_help_batch" else 403
        assert anywhere(caller, address, world) == expected, address.route


def test_a_token_that_was_asked_for_less_goes_no_further(world):
    client = client_for(world.kent.agreement)
    for address in WITH_A_SCOPE:
        caller = calling(client, others(list(Scope), address.permission))
        assert anywhere(caller, address, world) == 403, address.route


def test_a_scope_that_is_taken_away_holds_no_longer(world):
    caller = caller_for(world.kent.agreement)
    ClientScope.objects.filter(client=caller.client).delete()
    assert set(answers(world, caller.http, OF_KENT).values()) == {404}


def test_a_scope_in_one_agreement_is_none_in_another(world):
    other = type(world.kent.agreement).objects.get(reference=OTHER_REFERENCE)
    client = client_for(world.kent.agreement, [Scope.EARLY_HELP_WRITE])
    Party.objects.create(agreement=other, organisation=client.organisation, role=PartyRole.AUDITOR)
    for scope in (Scope.FIGURES_READ, Scope.MONEY_READ):
        ClientScope.objects.create(client=client, agreement=other, scope=scope)
    http = calling(client).http
    of_others = [a for a in OF_KENT if a.permission not in (ANY_SCOPE, Scope.EARLY_HELP_WRITE)]
    assert set(answers(world, http, of_others).values()) == {403}


@pytest.mark.parametrize("path", ["returns/2019-07/versions/9", "returns/2019-07/versions/9/lines"])
def test_a_row_of_another_agreement_is_not_there_under_ones_own(world, path):
    """July's version 9 is the other agreement's."""
    http = caller_for(world.kent.agreement).http
    assert http.get(f"/api/v1/agreements/{world.kent.agreement.reference}/{path}").status_code == 404


@pytest.mark.parametrize("have", [[Scope.FIGURES_READ], [Scope.MONEY_READ, Scope.EARLY_HELP_WRITE]])
def test_reading_is_not_sending(world, have):
    caller = caller_for(world.kent.agreement, *have)
    answer = caller.http.post(f"/api/v1/agreements/{world.kent.agreement.reference}/returns", {})
    assert answer.status_code == 403
    assert "returns:write" in answer.json()["detail"]


def test_nothing_is_sent_to_another_agreement_or_without_a_token(world):
    path = f"/api/v1/agreements/{world.kent.agreement.reference}/returns"
    other = type(world.kent.agreement).objects.get(reference=OTHER_REFERENCE)
    assert caller_for(other).http.post(path, {}).status_code == 404
    assert Client().post(path, {}).status_code == 401
    # A person who may upload on the page has no token either.
    assert world.clients["provider-editor"].post(path, {}).status_code == 401
