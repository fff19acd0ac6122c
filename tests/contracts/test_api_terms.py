"""The terms of an agreement over the API: elements, areas, pathways, indicators and targets."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from contracts.api.elements import EXAMPLE as ELEMENT
from contracts.api.fields import exactly
from contracts.api.indicators import EXAMPLE as INDICATOR
from contracts.api.places import EAST_KENT, KENT
from contracts.api.targets import EXAMPLE as TARGET
from contracts.models import Indicator, Scope, Target
from tests.api_callers import Caller, caller_for
from tests.kent import Kent

pytestmark = pytest.mark.django_db
HERE = "/api/v1/agreements/KCC-CYPMHS-S76/"
LISTS = ["elements", "areas", "pathways", "indicators", "targets"]


@pytest.fixture
def caller(loaded: Kent, on_the_demo_day: date) -> Caller:
    return caller_for(loaded.agreement, Scope.FIGURES_READ)


def test_elements_stand_as_they_were_agreed(caller):
    first = caller.items(f"{HERE}elements")[0]
    assert first == {
        "code": "ehu",
        "name": "Support to Early Help Units",
        "short_name": "Early Help",
        "stage": "early-intervention",
        "in_force_from": "2017-09-01",
        "in_force_before": None,
    }


def test_an_element_is_in_force_from_its_first_day_and_no_longer_on_its_last(loaded, caller):
    loaded.agreement.elements.filter(code="ehu").update(in_force_until=date(2019, 9, 1))
    for day, is_there in (("2017-08-31", False), ("2017-09-01", True), ("2019-08-31", True), ("2019-09-01", False)):
        codes = {one["code"] for one in caller.items(f"{HERE}elements", on=day)}
        assert ("ehu" in codes) == is_there, day
    assert caller.items(f"{HERE}elements")[0]["in_force_before"] == "2019-09-01"


def test_areas_name_what_they_are_part_of(caller):
    assert [(one["code"], one["parent"]) for one in caller.items(f"{HERE}areas")] == [
        ("kent", None),
        ("east-kent", "kent"),
        ("west-kent", "kent"),
    ]


def test_pathways_and_indicators_stand_in_the_agreements_order(loaded, caller):
    for name, rows in (("pathways", loaded.agreement.pathways), ("indicators", loaded.agreement.indicators)):
        codes = list(rows.order_by("position", "code").values_list("code", flat=True))
        assert [one["code"] for one in caller.items(f"{HERE}{name}", limit=2)] == codes


def test_a_target_says_which_of_it_is_illustrative(caller):
    assert caller.items(f"{HERE}targets", indicator="early-help-caseload") == [
        {
            "indicator": "early-help-caseload",
            "element": "ehu",
            "area": "kent",
            "value": "300",
            "floor": "240",
            "unit": "children",
            "polarity": "higher",
            "is_illustrative": False,
            "floor_is_illustrative": True,
            "in_force_from": "2017-09-01",
            "in_force_before": None,
            "source": "003 §3.2; 004 §2.6",
        }
    ]


def test_every_target_comes_once_however_small_the_page(caller):
    whole = caller.items(f"{HERE}targets")
    assert len(whole) == Target.objects.count()
    assert caller.items(f"{HERE}targets", limit=1) == whole


def test_a_missing_floor_is_null_and_never_nought(loaded, caller):
    indicator = Indicator.objects.get(agreement=loaded.agreement, code="early-help-caseload")
    indicator.targets.update(floor=None, value=Decimal("0"))
    (target,) = caller.items(f"{HERE}targets", indicator="early-help-caseload")
    assert (target["value"], target["floor"]) == ("0", None)


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [
        ({"indicator": "early-help-casload"}, "indicator", "There is no indicator of that code"),
        ({"indicator": "Early Help"}, "indicator", "small letters"),
        ({"on": "31/08/2019"}, "on", ""),
        ({"limit": "0"}, "limit", ""),
        ({"as-at": "2019-08-31"}, "as-at", "Known are"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(caller, asked, name, words):
    answer = caller.get(f"{HERE}targets", **asked)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    (error,) = answer.json()["errors"]
    assert error["name"] == name
    assert words in error["detail"]


def test_a_nul_in_the_address_is_refused_as_a_problem(caller):
    answer = caller.get(f"{HERE}targets", indicator="a\0b")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "NUL" in answer.json()["detail"]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "bnVsbA", "W251bGxd", "W3sieCI6MX1d", "WzEsICJcdWQ4MDAiXQ"])
@pytest.mark.parametrize("name", LISTS)
def test_a_made_up_cursor_is_refused_in_a_sentence(caller, name, cursor):
    answer = caller.get(f"{HERE}{name}", cursor=cursor)
    assert answer.status_code == 400
    assert "cursor" in answer.json()["detail"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_as_csv_has_the_same_items(caller, name):
    items = caller.items(f"{HERE}{name}")
    answer = caller.get(f"{HERE}{name}", format="csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [list(row) for row in rows[:1]] == [list(items[0])]
    assert [row.get("code", row.get("indicator")) for row in rows] == [
        item.get("code", item.get("indicator")) for item in items
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(caller, name):
    asked = {}
    for limit in (1, 1000):
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(f"{HERE}{name}", limit=limit).status_code == 200
        asked[limit] = len(captured)
    assert asked[1] == asked[1000]


@given(st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=8))
def test_a_number_is_written_exactly_and_without_an_exponent(number):
    written = exactly(number)
    assert Decimal(written) == number
    assert "E" not in written
    assert not ("." in written and written.endswith("0"))


@pytest.mark.parametrize(
    ("name", "example"),
    [("elements", ELEMENT), ("indicators", INDICATOR), ("targets", TARGET), ("areas", KENT), ("areas", EAST_KENT)],
)
def test_the_documents_examples_are_what_is_answered(caller, name, example):
    assert example in caller.items(f"{HERE}{name}")
