"""Funding lines, payments and a year of money over the API say what the pages say."""

import csv
import io
from decimal import Decimal

import pytest

from contracts.models import Scope
from funding.models import Payment
from funding.payment_pages.wording import state_words
from funding.queries.year_of_money import year_of_money
from funding.year_of_money import months_of_year
from tests.api_callers import Caller, caller_for
from tests.kent import Kent
from tests.money import AUGUST, certified, paid

pytestmark = pytest.mark.django_db
AGREEMENT = "/api/v1/agreements/KCC-CYPMHS-S76"
LINES, PAYMENTS, MONEY = f"{AGREEMENT}/funding-lines", f"{AGREEMENT}/payments", f"{AGREEMENT}/money"


@pytest.fixture(scope="module")
def paid_kent(loaded: Kent) -> Kent:
    """Kent with July paid and August certified."""
    paid(loaded, AUGUST.replace(month=7))
    certified(loaded)
    return loaded


@pytest.fixture
def caller(paid_kent: Kent) -> Caller:
    return caller_for(paid_kent.agreement, Scope.MONEY_READ)


def test_the_funding_lines_are_those_of_the_terms(caller: Caller, paid_kent: Kent) -> None:
    items = caller.items(LINES)
    lines = paid_kent.agreement.funding_lines.order_by("element__position", "in_force_from")
    assert [item["annual_amount"] for item in items] == [str(line.annual_amount) for line in lines]
    assert [item["element"] for item in items] == ["ehu", "khnes", "lac", "hsb", None]
    assert {item["unit"] for item in items} == {"GBP"}


@pytest.mark.parametrize(
    ("asked", "elements"),
    [
        ({"element": "ehu"}, ["ehu"]),
        ({"element": "no-such"}, []),
        ({"in_force_on": "2017-08-31"}, []),
        ({"in_force_on": "2017-09-01", "element": "hsb"}, ["hsb"]),
    ],
)
def test_funding_lines_can_be_asked_for(caller: Caller, asked: dict[str, str], elements: list[str]) -> None:
    assert [item["element"] for item in caller.items(LINES, **asked)] == elements


def test_the_payments_are_those_of_the_page_in_its_order(caller: Caller, paid_kent: Kent) -> None:
    items = caller.items(PAYMENTS, limit=1)
    held = Payment.objects.filter(agreement=paid_kent.agreement).order_by("-month", "-number")
    assert [(one["number"], one["month"], one["to_pay"], one["state_in_words"]) for one in items] == [
        (one.number, f"{one.month:%Y-%m}", str(one.to_pay), state_words(one)) for one in held
    ]


def test_a_payment_says_what_each_amount_rests_on_and_when_it_moved(caller: Caller) -> None:
    august, july = caller.items(PAYMENTS)
    (item,) = august["items"]
    assert item["rests_on"] == "August 2019 return, version 1"
    assert (item["amount"], august["deducted"], item["for_month"]) == ("12400.00", "12400.00", "2019-08")
    assert Decimal(august["due"]) - Decimal(august["deducted"]) == Decimal(august["to_pay"])
    assert (august["paid_at"], august["ledger_reference"]) == (None, "")
    assert july["certified_at"] < july["tested_at"] < july["sent_at"] < july["paid_at"]
    assert july["ledger_reference"] == f"KCC-{july['number']:06d}"


def test_one_payment_has_its_instalments(caller: Caller) -> None:
    number = caller.items(PAYMENTS)[0]["number"]
    payment = caller.get(f"{PAYMENTS}/{number}").json()
    assert sum(Decimal(line["due"]) for line in payment["lines"]) == Decimal(payment["due"])
    assert caller.get(f"{PAYMENTS}/999").status_code == 404


def test_payments_can_be_asked_for_by_year_and_state(caller: Caller) -> None:
    assert [one["month"] for one in caller.items(PAYMENTS, state="paid")] == ["2019-07"]
    assert len(caller.items(PAYMENTS, year="2019-20")) == 2
    assert caller.items(PAYMENTS, year="2018-19") == []
    assert caller.get(PAYMENTS, year="2050-51").status_code == 404


def test_a_year_of_money_is_what_the_command_prints(caller: Caller, paid_kent: Kent) -> None:
    held = year_of_money(paid_kent.agreement, months_of_year("2019/20", paid_kent.agreement)).every
    items = caller.items(MONEY, year="2019-20", limit=7)
    assert [(one["month"], one["element"]) for one in items] == [(f"{one.month:%Y-%m}", one.code) for one in held]
    for item, one in zip(items, held, strict=True):
        spent = None if one.spent.pounds is None else str(one.spent.pounds.quantize(Decimal("0.01")))
        assert (item["spent"], item["spent_reason"]) == (spent, one.spent.reason)
    assert any(item["spent"] is None and item["spent_reason"] for item in items)


@pytest.mark.parametrize("asked", [{}, {"year": "2019"}, {"year": "2011-12"}, {"year": "2019-20", "x": "1"}])
def test_a_year_that_is_none_is_refused_with_what_would_do(caller: Caller, asked: dict[str, str]) -> None:
    answer = caller.get(MONEY, **asked)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("path", [LINES, PAYMENTS, f"{MONEY}?year=2019-20"])
def test_the_rows_of_the_csv_are_the_items(caller: Caller, path: str) -> None:
    items = caller.items(path)
    answer = caller.http.get(path, headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [list(row) for row in rows] == [list(item) for item in items]
    assert [row["unit"] for row in rows] == ["GBP"] * len(items)


@pytest.mark.parametrize("path", [LINES, PAYMENTS, f"{PAYMENTS}/1", f"{MONEY}?year=2019-20"])
def test_money_needs_its_scope(paid_kent: Kent, path: str) -> None:
    assert caller_for(paid_kent.agreement, Scope.FIGURES_READ).get(path).status_code == 403
    assert caller_for(None).get(path).status_code == 404


def test_a_list_of_payments_asks_as_much_of_the_database_for_many_as_for_one(
    caller: Caller, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(16):
        assert len(caller.get(PAYMENTS).json()["items"]) == 2
