"""What holds for every answer: reading changes nothing, sending needs a token, and the headers guard the page."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings as portal_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from contracts.models import Role
from tests.invariants.addresses import NOWHERE, Address, every_address
from tests.invariants.visitors import OTHER_PROVIDER, STRANGER, World, world_around
from tests.kent import Kent

pytestmark = pytest.mark.django_db
ADDRESSES = every_address()
SESSION = portal_settings.SESSION_COOKIE_NAME
# Those who between them may open every page, and one who may open next to nothing.
VISITORS = [
    Role.ADMINISTRATOR.value,
    Role.PROVIDER_SIGNATORY.value,
    Role.COORDINATING_COMMISSIONER.value,
    Role.AUDITOR.value,
    OTHER_PROVIDER,
    STRANGER,
]
# They say nothing of anybody, and ask nothing of the session.
WITHOUT_SESSION = {"healthz", "readyz", "api/docs"}
# Counts who asks for a calendar, so that nobody finds an address by trying.
COUNTED = "contracts_tokenrequests"
# Asked by systems, which have no session and no cookie; the one that takes a client's secret counts who tries.
OF_SYSTEMS, TOKEN_ADDRESS = ("api/v1/", NOWHERE), "api_token"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


Writes = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Crawl:
    """The answers to a GET of every address by one visitor, and what the database says of the time before and after."""

    answers: dict[Address, HttpResponse]
    before: tuple[Writes, dict[str, int]]
    after: tuple[Writes, dict[str, int]]


@pytest.fixture(scope="module")
def world(loaded: Kent) -> World:
    return world_around(loaded)


@pytest.fixture(scope="module", params=VISITORS)
def crawl(request: pytest.FixtureRequest, world: World) -> Crawl:
    client = world.clients[request.param]
    before = writes(), rows()
    answers = {address: client.get(world.path_of(address)) for address in ADDRESSES}
    return Crawl(answers, before, (writes(), rows()))  # type: ignore[arg-type]  # the test client's own kind of answer


def writes() -> Writes:
    """How many rows this transaction has put into, changed in and taken from each table so far, undone or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables")
        return {name: tuple(counts) for name, *counts in cursor.fetchall()}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = int(cursor.fetchone()[0])
        return counts


def test_reading_changes_nothing(crawl: Crawl) -> None:
    (before, counted), (after, counted_after) = crawl.before, crawl.after
    assert before.keys() == counted.keys()
    assert {table for table in after if before[table] != after[table]} == {COUNTED}
    assert counted_after | {COUNTED: 0} == counted | {COUNTED: 0}


@pytest.mark.parametrize("visitor", [Role.ADMINISTRATOR.value, Role.PROVIDER_SIGNATORY.value, STRANGER])
def test_nothing_is_taken_without_a_token(world: World, visitor: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients[visitor].cookies
    before = writes()
    answers = {a: client.post(world.path_of(a), {"x": "y"}).status_code for a in ADDRESSES if a.name != TOKEN_ADDRESS}
    # What systems ask looks at no cookie, so nothing that a browser was made to send is taken there either.
    refused = {True: {401, 404, 405}, False: {403}}
    assert {a.route: s for a, s in answers.items() if s not in refused[a.route.startswith(OF_SYSTEMS)]} == {}
    assert writes() == before


def test_no_view_is_let_off_the_token() -> None:
    let_off = [address.route for address in ADDRESSES if getattr(address.view, "csrf_exempt", False)]
    assert [route for route in let_off if not route.startswith(OF_SYSTEMS)] == []


def faults(answered: dict[Address, HttpResponse], fault: Callable[[HttpResponse], object]) -> dict[str, object]:
    """What is wrong with the answers, by route; a fault that is nothing is none."""
    found = {address.route: fault(answer) for address, answer in answered.items()}
    return {route: what for route, what in found.items() if what}


def wrong_headers(answer: HttpResponse) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name, value in HEADERS.items() if answer.headers.get(name) != value}


def wrong_directives(answer: HttpResponse) -> object:
    policy = answer.headers.get("Content-Security-Policy", "")
    stated = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    return "unsafe" in policy or {name: stated.get(name) for name in DIRECTIVES if stated.get(name) != DIRECTIVES[name]}


def inline_code(answer: HttpResponse) -> list[str]:
    """What a page says that belongs into a file."""
    if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
        return []
    page = answer.content.decode()
    return [code for code in ("<style", ' style="', " onclick=", " onload=", "<script>") if code in page]


def may_be_kept(answer: HttpResponse) -> bool:
    return "no-store" not in answer.headers.get("Cache-Control", "")


def test_every_answer_carries_the_headers_that_guard_it(crawl: Crawl) -> None:
    assert faults(crawl.answers, wrong_headers) == {}
    assert faults(crawl.answers, wrong_directives) == {}


def test_nothing_that_was_made_for_somebody_is_kept(crawl: Crawl) -> None:
    is_signed_in = SESSION in next(iter(crawl.answers.values())).client.cookies  # type: ignore[attr-defined]
    kept = faults(crawl.answers, may_be_kept)
    of_pages = {route for route in kept if not route.startswith(OF_SYSTEMS)}
    assert not is_signed_in or of_pages == WITHOUT_SESSION


def test_a_page_carries_no_script_or_style_of_its_own(crawl: Crawl) -> None:
    """What the policy would block in a browser is not there to begin with."""
    assert faults(crawl.answers, inline_code) == {}


def test_an_address_that_is_not_there_carries_them_too(world: World) -> None:
    answer = world.clients[STRANGER].get("/nowhere/")
    assert answer.status_code == 404
    assert (wrong_headers(answer), wrong_directives(answer)) == ({}, {})  # type: ignore[arg-type]


def test_downloads_are_attachments_under_a_name_of_the_portals_own(world: World) -> None:
    (address,) = [address for address in ADDRESSES if address.name == "version_file"]
    answer = world.clients[Role.PROVIDER_SIGNATORY].get(world.path_of(address))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nelft-return-2019-07-version-1.xlsx"'


def test_browsers_are_kept_on_https(settings: Settings, world: World) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    # A client reads the settings when it first asks.
    answer = Client().get("/healthz", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
