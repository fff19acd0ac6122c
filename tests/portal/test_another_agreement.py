"""Every page serves an agreement of another kind: nothing is wired to Kent."""

from decimal import Decimal

import pytest
from django.urls import reverse

from contracts.clock import now
from funding.queries.ledger import ledger_of
from performance.actions.days import open_the_day
from performance.recompute import work_off
from tests.barset import REFERENCE, START, load_barset


@pytest.fixture
def barset(db, on_the_demo_day):
    agreement, user = load_barset()
    open_the_day(agreement, at=now())
    work_off(agreement)
    return agreement, user


@pytest.mark.parametrize(
    ("name", "further"),
    [
        ("overview", []),
        ("element", ["mentoring"]),
        ("element", ["support"]),
        ("figure", ["mentored", "mentoring", "barset", START]),
        ("equality", []),
        ("equality_file", []),
        ("agreement", []),
        ("published", []),
        ("returns", []),
    ],
)
def test_each_page_answers(barset, client, name, further):
    _, user = barset
    client.force_login(user)
    answer = client.get(reverse(name, args=[REFERENCE, *further]))
    assert answer.status_code == 200
    assert "Kent" not in answer.content.decode()


def test_a_line_of_no_pounds_is_due_nought_and_not_missing(barset):
    agreement, _ = barset
    money = ledger_of(agreement, START).of_element(agreement.elements.get(code="support"))
    assert [(one.due, one.spent) for one in money] == [(Decimal(0), None)]
