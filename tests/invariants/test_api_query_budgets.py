"""Every GET of the API's document asks the database as often for many rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Agreement, ClientScope, Organisation, Party, PartyRole, Scope
from tests.api_callers import Caller, calling, client_for
from tests.council_batches import SAMPLE, body_of, case
from tests.invariants.addresses import Address, every_address
from tests.invariants.refusals import again
from tests.invariants.test_query_budgets import correct
from tests.invariants.visitors import World, world_around
from tests.kent import Kent
from tests.money import AUGUST, certified

pytestmark = pytest.mark.django_db
OPERATIONS = [one for one in every_address() if one.asks_for_a_token]
AGREEMENT = "api_agreement"
# What takes a batch and reads nothing, and what answers one row whose parts are of a fixed number.
NO_LISTS = {"api_early_help_batch", AGREEMENT, "api_version", "api_payment"}
LISTS = [one for one in OPERATIONS if one.name not in NO_LISTS]
BATCH = "/api/v1/early-help/cases/batch"
MUST_BE_ASKED = {
    "api_money": {"year": "2018-19"},
    **{name: {"agreement": "KCC-CYPMHS-S76"} for name in ("api_early_help_cases", "api_sync_runs")},
}

WHERE_THERE_ARE_SEVERAL: dict[str, dict[str, object]] = {"api_versions": {"month": "2019-08"}}


@pytest.fixture(scope="module")
def world(loaded: Kent) -> World:
    found = world_around(loaded)
    certified(loaded, AUGUST)
    correct(loaded, 2)
    return found


@pytest.fixture
def caller(world: World) -> Caller:
    """A client that may do everything in Kent, and reads in others; with two batches sent."""
    client = client_for(world.kent.agreement)
    found = calling(client)
    for body in (SAMPLE.read_bytes(), body_of([case()])):
        assert found.post(BATCH, body).status_code == 200
    for number in range(3):
        other = again(world.kent.agreement, reference=f"ANOTHER-{number}")
        give_parties(other, 2 + number)
        Party.objects.create(agreement=other, organisation=client.organisation, role=PartyRole.AUDITOR)
        ClientScope.objects.create(client=client, agreement=other, scope=Scope.FIGURES_READ)
    return found


def give_parties(agreement: Agreement, number: int) -> None:
    """More parties, each an organisation of its own."""
    for place in range(number):
        name = f"{agreement.reference} {place}"
        organisation = Organisation.objects.create(name=name, short_name=name)
        Party.objects.create(agreement=agreement, organisation=organisation, role=PartyRole.ASSOCIATE_COMMISSIONER)


def asked(caller: Caller, address: Address, world: World, **more: object) -> tuple[list[str], int]:
    """What a GET asks the database, and how many items it is answered with."""
    with CaptureQueriesContext(connection) as captured:
        answer = caller.get(
            world.path_of(address, **WHERE_THERE_ARE_SEVERAL.get(address.name, {})),
            **{**MUST_BE_ASKED.get(address.name, {}), **more},
        )
    assert answer.status_code == 200, answer.content
    return [query["sql"] for query in captured.captured_queries], len(answer.json().get("items", []))


def compared(few: list[str], many: list[str]) -> str:
    """The statements that come more often for many rows."""
    return f"{len(few)} and {len(many)}:\n" + "\n".join(sql[:300] for sql in many if many.count(sql) > few.count(sql))


@pytest.mark.parametrize("address", LISTS, ids=lambda one: one.name)
def test_as_many_queries_for_many_rows_as_for_one(world: World, caller: Caller, address: Address) -> None:
    few, one = asked(caller, address, world, limit=1)
    many, several = asked(caller, address, world, limit=1000)
    assert one == 1 < several, "a list of one shows nothing"
    assert len(many) == len(few), compared(few, many)


def test_as_many_queries_for_many_parties_as_for_few(world: World, caller: Caller) -> None:
    address = next(one for one in OPERATIONS if one.name == AGREEMENT)
    few, _ = asked(caller, address, world)
    give_parties(world.kent.agreement, 5)
    many, _ = asked(caller, address, world)
    assert len(many) == len(few), compared(few, many)
