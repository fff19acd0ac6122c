"""Figures over the API: exact, with what they came from, as known at a moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Scope
from performance.models import Figure
from performance.queries import figures_of
from tests.api_callers import Caller, caller_for
from tests.kent import DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/agreements/KCC-CYPMHS-S76/figures"
AUGUST = date(2019, 8, 1)


@pytest.fixture
def caller(loaded: Kent, on_the_demo_day: date) -> Caller:
    return caller_for(loaded.agreement, Scope.FIGURES_READ)


def test_the_early_help_caseload_of_august_comes_with_its_cell_and_its_target(caller):
    (figure,) = caller.items(FIGURES, month="2019-08", indicator="early-help-caseload", area="kent")
    known_from = figure.pop("known_from")
    assert known_from.startswith("2019-")
    assert figure == {
        "indicator": "early-help-caseload",
        "element": "ehu",
        "area": "kent",
        "month": "2019-08",
        "value": "191",
        "numerator": "191",
        "denominator": None,
        "unit": "children",
        "target": "300",
        "floor": "240",
        "target_is_illustrative": False,
        "floor_is_illustrative": True,
        "verdict": "red",
        "reason": "",
        "is_withheld": False,
        "disputed": False,
        "agreed_figure": None,
        "known_until": None,
        "definition_in_force_from": "2017-09-01",
        "definition_in_force_before": None,
        "waits_for_recompute": False,
        "sources": [
            {
                "version": 1,
                "month": "2019-08",
                "sheet": "Activity",
                "cell": "F2",
                "label": "Caseload at month end",
                "value": "191",
            }
        ],
    }


def test_every_figure_comes_once_and_is_the_one_that_pages_show(loaded, caller):
    told = caller.items(FIGURES, limit=999)
    assert len(told) == Figure.objects.filter(known_until=None).count()
    by_name = {(one["indicator"], one["element"], one["area"], one["month"]): one for one in told}
    assert len(by_name) == len(told)
    for figure in figures_of(loaded.agreement).filter(month=AUGUST):
        element = figure.element.code if figure.element else None
        one = by_name[figure.indicator.code, element, figure.area.code, "2019-08"]
        assert (one["value"] is None) == (figure.value is None)
        assert one["value"] is None or Decimal(one["value"]) == figure.value
        assert (one["verdict"], one["reason"]) == (figure.verdict, figure.reason)


def test_pages_fit_together_whatever_their_size(caller):
    asked = {"month": "2019-08"}
    assert caller.items(FIGURES, limit=7, **asked) == caller.items(FIGURES, limit=1000, **asked)


def test_a_figure_that_is_worked_out_again_between_two_pages_comes_once(caller, loaded):
    whole = caller.items(FIGURES, month="2019-08")
    first = caller.get(FIGURES, month="2019-08", limit=2).json()
    one = first["items"][0]
    figure = next(
        f
        for f in figures_of(loaded.agreement).filter(month=AUGUST)
        if (f.indicator.code, f.element and f.element.code, f.area.code)
        == (one["indicator"], one["element"], one["area"])
    )
    later = DEMO_MOMENT + timedelta(hours=1)
    Figure.objects.filter(pk=figure.pk).update(known_until=later)
    figure.pk, figure.known_from = None, later
    figure.save(force_insert=True)
    rest = caller.items(FIGURES, month="2019-08", cursor=first["next_cursor"])
    names = [(one["indicator"], one["element"], one["area"]) for one in first["items"] + rest]
    assert names == [(one["indicator"], one["element"], one["area"]) for one in whole]


def test_months_are_asked_for_alone_or_from_one_until_another(caller):
    asked = {"indicator": "early-help-caseload", "area": "kent"}
    assert [f["month"] for f in caller.items(FIGURES, **asked, **{"from": "2019-07", "until": "2019-08"})] == [
        "2019-07",
        "2019-08",
    ]
    assert {f["month"] for f in caller.items(FIGURES, **asked, **{"from": "2019-08"})} == {"2019-08", "2019-09"}


def test_an_element_or_a_verdict_narrows_the_list(caller):
    assert {f["element"] for f in caller.items(FIGURES, month="2019-08", element="ehu")} == {"ehu"}
    red = caller.items(FIGURES, month="2019-08", verdict="red")
    assert red
    assert {f["verdict"] for f in red} == {"red"}


def test_a_moment_sees_what_was_known_then(caller, loaded, settings):
    settings.PORTAL_TODAY = date(2019, 10, 18)  # So that the moments have come.
    figure = figures_of(loaded.agreement).get(indicator__code="early-help-caseload", area__code="kent", month=AUGUST)
    asked = {"month": "2019-08", "indicator": "early-help-caseload", "area": "kent"}
    before, since = figure.known_from - timedelta(seconds=1), figure.known_from
    assert caller.items(FIGURES, as_at=before.isoformat(), **asked) == []
    assert [f["value"] for f in caller.items(FIGURES, as_at=since.isoformat(), **asked)] == ["191"]
    Figure.objects.filter(pk=figure.pk).update(known_until=since + timedelta(minutes=1))
    end = since + timedelta(minutes=1)
    assert len(caller.items(FIGURES, as_at=(end - timedelta(seconds=1)).isoformat(), **asked)) == 1
    assert caller.items(FIGURES, as_at=end.isoformat(), **asked) == []


def test_a_figure_without_a_value_says_why_and_is_not_nought(caller):
    missing = caller.items(FIGURES, month="2019-08", verdict="not_available")
    assert missing
    assert all(f["value"] is None and f["reason"] for f in missing)


def test_a_figure_that_rests_on_small_counts_is_withheld_with_its_verdict(caller, loaded):
    figure = figures_of(loaded.agreement).get(indicator__code="early-help-caseload", area__code="kent", month=AUGUST)
    small = Figure.objects.get(pk=figure.pk)
    Figure.objects.filter(pk=figure.pk).update(known_until=DEMO_MOMENT + timedelta(hours=1))
    small.pk, small.known_from = None, DEMO_MOMENT + timedelta(hours=1)
    small.sources = [{"sheet": "Equality", "cell": "D2", "value": "3"}]
    small.value = small.numerator = Decimal(3)
    small.save(force_insert=True)
    asked = {"month": "2019-08", "indicator": "early-help-caseload", "area": "kent"}
    (told,) = caller.items(FIGURES, **asked)
    assert told["is_withheld"]
    assert (told["value"], told["numerator"], told["verdict"], told["sources"]) == (None, None, "not_available", [])
    assert caller.items(FIGURES, verdict="red", **asked) == []


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [
        ({"month": "2019-13"}, "month", "2019-08"),
        ({"month": "2019-8"}, "month", "2019-08"),
        ({"area": "essex"}, "area", "There is no area of that code"),
        ({"element": "nobody"}, "element", "There is no element"),
        ({"indicator": "nothing"}, "indicator", "There is no indicator"),
        ({"verdict": "purple"}, "verdict", "none of those"),
        ({"as_at": "tomorrow"}, "as_at", "no date or moment"),
        ({"as_at": "2119-01-01"}, "as_at", "has not come yet"),
        ({"indicators": "early-help-caseload"}, "indicators", "Known are"),
    ],
)
def test_what_is_not_there_is_refused_and_not_an_empty_list(caller, asked, name, words):
    answer = caller.get(FIGURES, **asked)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["name"] == name
    assert words in error["detail"]


def test_two_hundred_figures_ask_the_database_as_often_as_one(caller):
    asked = {}
    for limit in (1, 200):
        with CaptureQueriesContext(connection) as captured:
            assert len(caller.get(FIGURES, limit=limit).json()["items"]) == limit
        asked[limit] = [query["sql"] for query in captured]
    assert len(asked[1]) == len(asked[200])
    assert sum('FROM "performance_figure"' in query for query in asked[200]) == 1
