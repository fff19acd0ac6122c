"""Every address states its permission, and every visitor gets the answer that follows from it."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from contracts.access import ROLE_PERMISSIONS
from contracts.api.view import ANY_SCOPE
from contracts.models import Role, Scope
from contracts.permissions import Permission
from tests.invariants.addresses import (
    ADMINISTRATORS,
    NOWHERE,
    OTHERS_VIEWS,
    PUBLIC,
    SIGNED_IN,
    Address,
    every_address,
)
from tests.invariants.visitors import (
    OTHER_COUNCIL,
    OTHER_NUMBER,
    OTHER_PROVIDER,
    OTHER_REFERENCE,
    STRANGER,
    World,
    world_around,
)
from tests.kent import Kent

pytestmark = pytest.mark.django_db
ADDRESSES = every_address()
VISITORS = [*Role.values, STRANGER, OTHER_COUNCIL, OTHER_PROVIDER]


class Outcome(StrEnum):
    """Where a visitor ends, redirects followed."""

    IN = "a page, or told that there is nothing to read (405)"
    SIGN_IN = "the sign-in page"
    REFUSED = "403"
    MISSING = "404"
    NO_TOKEN = "401, because the API knows no people"


@pytest.fixture(scope="module")
def world(loaded: Kent) -> World:
    return world_around(loaded)


def outcome(client: Client, path: str) -> Outcome:
    """Where a GET of `path` ends; any other answer, a server error above all, is an error."""
    answer = client.get(path)
    if answer.status_code == HTTPStatus.FOUND and answer.headers["Location"].startswith(reverse("admin:login")):
        return _outcome_of_admin_login(client)
    if answer.status_code == HTTPStatus.FOUND:
        answer = client.get(answer.headers["Location"], follow=True)
        if answer.request["PATH_INFO"] == reverse("account_login"):
            return Outcome.SIGN_IN
    ends = {200: Outcome.IN, 405: Outcome.IN, 401: Outcome.NO_TOKEN, 403: Outcome.REFUSED, 404: Outcome.MISSING}
    return ends[answer.status_code]


@cache
def _outcome_of_admin_login(client: Client) -> Outcome:
    """Where the admin site's own door leads; asked once for each visitor, because every page there leads to it."""
    answer = client.get(reverse("admin:login"), {"next": reverse("admin:index")}, follow=True)
    is_sent_away = answer.request["PATH_INFO"] == reverse("account_login")
    return Outcome.SIGN_IN if is_sent_away else {403: Outcome.REFUSED}[answer.status_code]


def expected(address: Address, visitor: str) -> set[Outcome]:
    """Where `visitor` may end at an address of Kent."""
    permission = address.permission
    alike = _whoever_comes(address)
    if alike:
        return alike
    if visitor == STRANGER:
        return {Outcome.SIGN_IN}
    if permission == SIGNED_IN:
        return {Outcome.IN}
    if permission == ADMINISTRATORS:
        # Some pages nobody can use: one that adds an event, one that is not there.
        is_one = visitor == Role.ADMINISTRATOR
        return {Outcome.IN, Outcome.REFUSED, Outcome.MISSING} if is_one else {Outcome.REFUSED}
    held = ROLE_PERMISSIONS[Role(visitor)] if visitor in Role.values else frozenset()
    if not held:
        return {Outcome.MISSING}
    return {Outcome.IN} if permission in held else {Outcome.REFUSED}


def _whoever_comes(address: Address) -> set[Outcome]:
    """Where everybody ends at what is open to all, or knows no people; nothing where that depends on who comes."""
    if address.asks_for_a_token:
        return {Outcome.NO_TOKEN}
    if address.route == NOWHERE:
        return {Outcome.MISSING}
    return {Outcome.IN, Outcome.SIGN_IN} if address.permission == PUBLIC else set()


def test_every_address_states_its_permission() -> None:
    stated = {address.route: address.permission for address in ADDRESSES}
    known = {*Permission, *Scope, ANY_SCOPE, PUBLIC, SIGNED_IN, ADMINISTRATORS}
    assert {route: permission for route, permission in stated.items() if permission not in known} == {}


def test_what_is_said_of_others_views_is_needed() -> None:
    silent = {address.name for address in ADDRESSES if not hasattr(address.view, "permission")}
    assert OTHERS_VIEWS.keys() - silent == set()
    assert all(reason for _, reason in OTHERS_VIEWS.values())


def test_every_address_of_an_agreement_asks_for_a_permission_in_it() -> None:
    of_agreement = [address for address in ADDRESSES if address.is_of_an_agreement]
    assert len(of_agreement) > 10
    assert [a.route for a in of_agreement if a.permission not in set(Permission)] == []


def test_every_permission_guards_an_address_or_what_stands_on_a_page() -> None:
    guards = {address.permission for address in ADDRESSES}
    assert set(Permission) - guards == set()


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_answers_each_visitor_by_its_permission(world: World, visitor: str) -> None:
    client = world.clients[visitor]
    found = {address: outcome(client, world.path_of(address)) for address in ADDRESSES}
    wrong = {address.route: end for address, end in found.items() if end not in expected(address, visitor)}
    assert wrong == {}


def in_an_agreement() -> Iterator[Address]:
    return (address for address in ADDRESSES if address.is_of_an_agreement)


@pytest.mark.parametrize("visitor", [*Role.values, OTHER_COUNCIL, OTHER_PROVIDER])
def test_another_agreement_is_not_there(world: World, visitor: str) -> None:
    is_kents = visitor in Role.values
    reference = OTHER_REFERENCE if is_kents else world.kent.agreement.reference
    answers = {
        address.route: world.clients[visitor].get(world.path_of(address, reference=reference)).status_code
        for address in in_an_agreement()
    }
    assert {route: status for route, status in answers.items() if status != HTTPStatus.NOT_FOUND} == {}


@pytest.mark.parametrize("reference", ["NOWHERE", OTHER_REFERENCE])
def test_an_agreement_that_is_not_there_looks_like_one_of_others(world: World, reference: str) -> None:
    client = world.clients[Role.COUNCIL_COMMISSIONER]
    answer = client.get(f"/agreements/{reference}/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert b"Another" not in answer.content


@pytest.mark.parametrize("visitor", [Role.AUDITOR.value, Role.PROVIDER_SIGNATORY.value, OTHER_PROVIDER])
def test_uploads_and_versions_of_another_agreement_are_not_there(world: World, visitor: str) -> None:
    """Under the visitor's own agreement, with the number of a row of the other."""
    is_kents = visitor in Role.values
    reference = world.kent.agreement.reference if is_kents else OTHER_REFERENCE
    upload = world.other_upload if is_kents else world.values["upload"]
    number = OTHER_NUMBER if is_kents else 1
    client: Client = world.clients[visitor]
    assert client.get(f"/agreements/{reference}/returns/").status_code == HTTPStatus.OK
    held = ROLE_PERMISSIONS[Role(visitor) if is_kents else Role.PROVIDER_SIGNATORY]
    with_number = [a for a in in_an_agreement() if "upload>" in a.route or "number>" in a.route]
    assert len(with_number) >= 6
    for address in with_number:
        path = world.path_of(address, reference=reference, upload=upload, number=number)
        wanted = HTTPStatus.NOT_FOUND if address.permission in held else HTTPStatus.FORBIDDEN
        assert client.get(path).status_code == wanted, path
        # A page that takes nothing says so of every number, there or not.
        taken = client.post(path, {"declaration": "on", "reason": "Theirs"}).status_code
        assert taken in {wanted, HTTPStatus.METHOD_NOT_ALLOWED}, path
