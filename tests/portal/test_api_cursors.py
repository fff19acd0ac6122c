"""Cursors that somebody made up: whatever moment they hold, a list says that it gave none such."""

import base64
import json

import pytest

from contracts.models import Scope
from performance.models import CouncilCase
from tests.api_callers import Caller, caller_for
from tests.council_batches import SAMPLE
from tests.kent import Kent

pytestmark = pytest.mark.django_db
CASES, RUNS = "/api/v1/early-help/cases", "/api/v1/early-help/sync-runs"
# What stands beside the moment in each list that is in the order of one.
BY_MOMENT = {CASES: "x", RUNS: 1}
OUTSIDE = [
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+00:00"),
    *("1899-12-31T00:00:00+00:00", "2019-08-31T00:00:00", "2019-08-31", "", 3, None),
]


@pytest.fixture
def caller(kent: Kent) -> Caller:
    return caller_for(kent.agreement, Scope.EARLY_HELP_WRITE)


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("moment", OUTSIDE)
@pytest.mark.parametrize("path", BY_MOMENT)
def test_a_moment_that_no_row_has_is_refused(caller: Caller, path: str, moment: object) -> None:
    answer = caller.get(path, cursor=cursor_of(moment, BY_MOMENT[path]))
    assert answer.status_code == 400, answer.content
    assert "“next_cursor”" in answer.json()["detail"]


@pytest.mark.parametrize("moment", ["1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2019-08-31T12:00:00-23:59"])
@pytest.mark.parametrize("path", BY_MOMENT)
def test_any_other_moment_is_looked_up(caller: Caller, path: str, moment: str) -> None:
    assert caller.get(path, cursor=cursor_of(moment, BY_MOMENT[path])).status_code == 200


def test_a_list_by_moment_comes_whole_a_page_at_a_time(caller: Caller) -> None:
    assert caller.post(f"{CASES}/batch", SAMPLE.read_bytes()).status_code == 200
    held = [one["case_ref"] for one in caller.items(CASES, limit=50)]
    assert held == list(CouncilCase.objects.order_by("updated_at", "reference").values_list("reference", flat=True))
