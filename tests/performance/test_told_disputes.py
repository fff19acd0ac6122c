"""The API and the console say of a dispute what the pages say: beside each figure, and of each area's month."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.models import Role, Scope
from performance.actions.explaining import answer, explain
from performance.disputed_figures import figure_disputes
from performance.models import Difference
from performance.queries import figures_of
from performance.reconciliation import Kind
from tests.api_callers import Caller, caller_for
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import AUGUST, SAMPLE, held_against_each_other, keys, standing

pytestmark = pytest.mark.django_db
KENT = "/api/v1/agreements/KCC-CYPMHS-S76"
FIGURES, MONTHS = f"{KENT}/figures", f"{KENT}/reconciliations"
EARLIER = DEMO_MOMENT - timedelta(days=1)
CASELOAD = {"month": "2019-08", "indicator": "early-help-caseload"}
LEFT = ("state", "resolved", "unresolved", "disputed", "agreed_figure")


@pytest.fixture
def caller(loaded: Kent, on_the_demo_day: date) -> Caller:
    return caller_for(loaded.agreement, Scope.FIGURES_READ)


@pytest.fixture
def rows(loaded: Kent) -> list[Difference]:
    return held_against_each_other(loaded, at=EARLIER)


def signed(kent: Kent, rows: list[Difference], figure: int | None, at: Any = DEMO_MOMENT) -> None:
    provider, council = (standing(kent, role) for role in (Role.PROVIDER_EDITOR, Role.COUNCIL_COMMISSIONER))
    said = explain(
        kent.agreement, AUGUST, differences=keys(rows), text="Counted later", agreed_figure=figure, by=provider, at=at
    )
    answer(said, is_signed=True, reason="", by=council, at=at)


def beside(caller: Caller, **asked: Any) -> dict[str, tuple[bool, int | None]]:
    """What stands beside the Early Help caseload, by area."""
    return {one["area"]: (one["disputed"], one["agreed_figure"]) for one in caller.items(FIGURES, **CASELOAD, **asked)}


def months(caller: Caller, **asked: Any) -> dict[str, tuple[Any, ...]]:
    """How August stands, by area."""
    return {one["area"]: tuple(one[name] for name in LEFT) for one in caller.items(MONTHS, month="2019-08", **asked)}


def test_each_figure_says_what_the_pages_say(loaded: Kent, caller: Caller, rows: list[Difference]) -> None:
    disputes = figure_disputes(loaded.agreement, [AUGUST], None)
    of_pages = {
        (figure.indicator.code, figure.element and figure.element.code, figure.area.code)
        for figure in figures_of(loaded.agreement).filter(month=AUGUST)
        if disputes.of(figure)
    }
    told = caller.items(FIGURES, month="2019-08", limit=7)
    assert {(one["indicator"], one["element"], one["area"]) for one in told if one["disputed"]} == of_pages
    assert len(of_pages) > 5
    assert not any(one["disputed"] for one in caller.items(FIGURES, month="2019-07"))


def test_before_half_and_after_signing(loaded: Kent, caller: Caller, rows: list[Difference]) -> None:
    assert beside(caller) == dict.fromkeys(("kent", "east-kent", "west-kent"), (True, None))
    assert months(caller) == {
        "kent": ("disputed", 0, 28, True, None),
        "east-kent": ("disputed", 0, 18, True, None),
        "west-kent": ("disputed", 0, 10, True, None),
    }
    east = [row for row in rows if row.area.code == "east-kent"]
    signed(loaded, east, 192)
    assert beside(caller) == {"kent": (True, None), "east-kent": (False, None), "west-kent": (True, None)}
    assert months(caller) == {
        "kent": ("disputed", 18, 10, True, None),
        "east-kent": ("explained", 18, 0, False, None),
        "west-kent": ("disputed", 0, 10, True, None),
    }
    signed(loaded, [row for row in rows if row not in east], 194, DEMO_MOMENT + timedelta(minutes=1))
    assert beside(caller) == {"kent": (False, 194), "east-kent": (False, None), "west-kent": (False, None)}
    assert months(caller)["kent"] == ("explained", 28, 0, False, 194)


def test_a_case_held_in_different_areas_is_in_doubt_in_both(loaded: Kent, caller: Caller) -> None:
    held_against_each_other(loaded, counted={(Kind.AREA_DIFFERS, "east-kent"): 1}, at=EARLIER)
    assert beside(caller) == dict.fromkeys(("kent", "east-kent", "west-kent"), (True, None))
    assert {area: told[2] for area, told in months(caller).items()} == {"kent": 1, "east-kent": 1, "west-kent": 1}


def test_looking_back_tells_the_dispute_as_it_was(loaded: Kent, caller: Caller, rows, settings: Settings) -> None:
    signed(loaded, rows, 194, DEMO_MOMENT + timedelta(hours=2))
    settings.PORTAL_TODAY = date(2019, 10, 18)  # So that the demo's day is past.
    then = {"as_at": "2019-10-17T10:30"}
    assert beside(caller, **then)["kent"] == (True, None)
    assert months(caller, **then)["kent"] == ("disputed", 0, 28, True, None)
    assert beside(caller, as_at="2019-10-17")["kent"] == (False, 194)


def test_the_columns_are_in_the_csv(caller: Caller, rows: list[Difference]) -> None:
    heading, *lines = caller.get(FIGURES, **CASELOAD, area="kent", format="csv").content.decode().splitlines()
    assert "disputed,agreed_figure" in heading
    assert ",true,," in lines[0]
    heading, *lines = caller.get(MONTHS, area="kent", format="csv").content.decode().splitlines()
    assert set(LEFT) <= set(heading.split(","))
    assert ",disputed,0,28,true,," in lines[0]


@pytest.mark.parametrize("path", [FIGURES, MONTHS])
def test_as_many_queries_for_many_as_for_one(loaded: Kent, caller: Caller, path: str) -> None:
    asked = []
    for minutes, (counted, limit) in enumerate((({(Kind.COUNCIL_ONLY, "east-kent"): 1}, 1), (SAMPLE, 1000))):
        held_against_each_other(loaded, counted=counted, at=EARLIER + timedelta(minutes=minutes))
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(path, month="2019-08", limit=limit).status_code == 200
        asked.append(len(queries.captured_queries))
    assert asked[0] == asked[1]


def test_the_console_says_the_same(loaded: Kent, caller: Caller, rows: list[Difference]) -> None:
    def printed(*more: str) -> str:
        output = io.StringIO()
        call_command("figures", "--agreement", "KCC-CYPMHS-S76", "--month", "2019-08", *more, stdout=output)
        return output.getvalue()

    def caseload() -> list[str]:
        return next(
            line for line in printed().splitlines() if line.split()[:3] == ["early-help-caseload", "ehu", "kent"]
        ).split()

    assert caseload()[-2:] == ["red,", "disputed"]
    told = {(one["indicator"], one["element"], one["area"]): one for one in json.loads(printed("--json"))}
    for one in caller.items(FIGURES, month="2019-08"):
        of_console = told[one["indicator"], one["element"], one["area"]]
        assert (of_console["disputed"], of_console["agreed_figure"]) == (one["disputed"], one["agreed_figure"])
    signed(loaded, rows, 194)
    assert caseload()[-3:] == ["agreed", "figure", "194"]
