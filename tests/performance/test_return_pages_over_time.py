"""The list of returns as months come in, and what its pages cost then."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.access import standing_of
from contracts.models import Role
from performance.actions.days import open_the_day
from performance.return_pages.calendar import returns_page
from tests.kent import DEMO_MOMENT, EVERY_MONTH, Kent, take_in
from tests.visiting import RETURNS, visitor

COUNCIL = Role.COUNCIL_COMMISSIONER


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2018, 4, 20), "No return has fallen due yet."),
        (date(2018, 5, 15), "The one return due so far has been accepted."),
        (date(2018, 6, 20), "Every return due so far has been accepted."),
        (date(2018, 7, 16), "2 of the 3 returns due so far are accepted. June 2018 is 1 Operational Day late."),
        (
            date(2018, 8, 20),
            "2 of the 4 returns due so far are accepted. 2 are late, the oldest for June 2018.",
        ),
    ],
)
def test_the_sentence_has_words_for_none_one_some_and_all(kent: Kent, on, words):
    take_in(kent, EVERY_MONTH[:2])
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    assert returns_page(standing_of(kent.people[COUNCIL], kent.agreement), on=on).how_things_stand == words


def queries_of(client: Client, page: str) -> int:
    """How many queries a page asks, once the session is known."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", [COUNCIL, Role.PROVIDER_SIGNATORY])
def test_the_list_asks_as_many_queries_for_one_return_as_for_seventeen(kent: Kent, role):
    client = visitor(kent, role)
    take_in(kent, EVERY_MONTH[-1:])
    one = queries_of(client, RETURNS)
    take_in(kent, EVERY_MONTH[:-1])
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    assert queries_of(client, RETURNS) == one <= 10


def test_a_version_asks_as_many_queries_whatever_came_before(kent: Kent):
    client = visitor(kent, Role.PROVIDER_EDITOR)
    take_in(kent, EVERY_MONTH[-2:])
    two = queries_of(client, f"{RETURNS}2019-08/versions/1/")
    take_in(kent, EVERY_MONTH[:-2])
    assert queries_of(client, f"{RETURNS}2019-08/versions/1/") == two <= 32
