"""Published figures over the API, and the answers that the API's document shows, held against real ones."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Scope
from cypmhs_portal.api.published import EXAMPLE
from cypmhs_portal.reports.published import compare_published_figures
from performance.api import figure_forms, line_forms, obligations, returns, version_forms
from performance.recompute import work_off
from tests.api_callers import Caller, caller_for
from tests.council_batches import SAMPLE, council_client, sent
from tests.kent import Kent

pytestmark = pytest.mark.django_db
HERE = "/api/v1/agreements/KCC-CYPMHS-S76/"
PUBLISHED = f"{HERE}published-figures"
LINES = f"{HERE}returns/2019-08/versions/1/lines"
# When the tests' returns were uploaded and known is not when the demo's were.
MOMENTS = {"uploaded_at", "signed_off_at", "accepted_at", "known_from"}


@pytest.fixture
def caller(loaded: Kent, on_the_demo_day: date) -> Caller:
    return caller_for(loaded.agreement, Scope.FIGURES_READ)


def test_every_published_figure_comes_with_what_it_recomputes_to(caller, loaded):
    held = compare_published_figures(loaded.agreement)
    told = caller.items(PUBLISHED, limit=20)
    assert [one["code"] for one in told] == [one.published.code for one in held]
    assert [one["result"] for one in told] == [one.result.value for one in held]
    assert all(one["recomputed"] is None for one in told if one["result"] in ("not available", "not recomputed"))


def test_a_result_narrows_the_list(caller):
    whole = caller.items(PUBLISHED)
    for result in ("agrees", "differs", "not recomputed", "not available"):
        assert caller.items(PUBLISHED, result=result) == [one for one in whole if one["result"] == result]
    assert caller.get(PUBLISHED, result="maybe").status_code == 400


def test_it_asks_the_database_as_often_for_many_as_for_one(caller):
    asked = {}
    for limit in (1, 1000):
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(PUBLISHED, limit=limit).status_code == 200
        asked[limit] = len(captured)
    assert asked[1] == asked[1000]


def lasting(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in MOMENTS}


@pytest.mark.parametrize(
    ("path", "example"),
    [
        (PUBLISHED, EXAMPLE),
        (f"{HERE}obligations", obligations.AUGUST),
        (f"{HERE}returns", returns.AUGUST),
        (f"{HERE}returns/2019-08/versions", version_forms.AUGUST),
        (LINES, line_forms.EARLY_HELP),
        (LINES, line_forms.BOYS),
    ],
)
def test_the_documents_examples_are_what_is_answered(caller, path, example):
    is_answered(caller, path, example)


def test_the_documents_example_of_a_figure_is_what_is_answered_once_both_sides_came(caller, loaded):
    sent(council_client(loaded.agreement), SAMPLE.read_bytes())
    work_off(loaded.agreement)
    is_answered(caller, f"{HERE}figures?month=2019-08", figure_forms.AUGUST)


def is_answered(caller: Caller, path: str, example: dict[str, Any]) -> None:
    items = caller.items(path)
    assert list(items[0]) == list(example)
    assert lasting(example) in [lasting(item) for item in items]
