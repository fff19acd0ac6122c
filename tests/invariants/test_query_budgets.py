"""A page asks the database as often for many months, versions and returns as for few."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.audit import CONSOLE
from contracts.models import Agreement, Role
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.recompute import work_off
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
PAGES = {
    "overview": HERE,
    "element": f"{HERE}elements/ehu/",
    "exit of an element": f"{HERE}elements/ehu/exit/",
    "figure of one month": f"{HERE}figures/early-help-caseload/ehu/kent/2019-08/",
    "figure of twelve months": f"{HERE}figures/early-help-goals-met/ehu/kent/2019-08/",
    "overview of an earlier day": f"{HERE}?as-at=2019-10-17",
    "element on an earlier day": f"{HERE}elements/ehu/?as-at=2019-10-17",
    "figure on an earlier day": f"{HERE}figures/early-help-goals-met/ehu/kent/2019-08/?as-at=2019-10-17",
    "returns": f"{HERE}returns/",
    "scorecard": f"{HERE}scorecard/",
    "version": f"{HERE}returns/2019-08/versions/1/",
    "equality": f"{HERE}equality/",
    "equality as a file": f"{HERE}equality.csv",
    "differences between versions": f"{HERE}returns/2019-08/compare/",
    "two caseloads": f"{HERE}reconciliation/",
    "two caseloads of a month": f"{HERE}reconciliation/2019-08/",
    "notices": f"{HERE}notices/",
    "notices of all agreements": "/notices/",
    "money": f"{HERE}money/?month=2019-08&months=all",
    "money on an earlier day": f"{HERE}money/?month=2019-08&as-at=2019-10-17",
    "money as a file": f"{HERE}money/csv/?month=2019-08&months=all",
    "open book": f"{HERE}money/open-book/?month=2019-08&period=all",
    "shares": f"{HERE}money/shares/?month=2019-08",
    "agreement": f"{HERE}terms/",
    "terms of notices": f"{HERE}notices/terms/",
    "decisions": f"{HERE}decisions/",
    "actions": f"{HERE}actions/",
    "meetings": f"{HERE}meetings/",
    "published figures": f"{HERE}published-figures/",
    "variations": f"{HERE}variations/",
}
# The last of them asks whether caseloads are disputed; in a month in which they are it takes three more.
# Of notices it asks which clocks run, what plans under way are to meet, which plans are to be agreed, which notices
# nobody has acknowledged, and on which nothing runs; where clocks run, what changes them and the steps of their kinds.
OVERVIEW_BUDGET = 31
# Where a lever is suggested it is asked once whether its figures are disputed, and whether a notice covers it.
MORE_WITH_SUGGESTIONS = {"overview": 2}


@pytest.fixture(params=[Role.COUNCIL_COMMISSIONER, Role.PROVIDER_SIGNATORY])
def client(request: pytest.FixtureRequest, loaded: Kent, settings: Settings) -> Client:
    settings.PORTAL_TODAY = DEMO_DAY + timedelta(days=1)  # So that the demo's day is an earlier one.
    reader = Client()
    reader.force_login(loaded.people[request.param])
    return reader


def queries(client: Client, path: str) -> list[str]:
    """What a page asks the database when no page is kept."""
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def compared(few: list[str], many: list[str]) -> str:
    """The statements of the longer list that the shorter one has not, to find what repeats."""
    return f"{len(few)} and {len(many)}:\n" + "\n".join(sql[:300] for sql in many if many.count(sql) > few.count(sql))


@pytest.mark.parametrize("name", PAGES)
def test_as_many_queries_for_many_months_as_for_few(loaded: Kent, client: Client, name: str) -> None:
    many = queries(client, PAGES[name])
    Agreement.objects.filter(pk=loaded.agreement.pk).update(returns_from=date(2019, 7, 1))
    few = queries(client, PAGES[name])
    more = len(many) - len(few)
    assert 0 <= more <= MORE_WITH_SUGGESTIONS.get(name, 0), compared(few, many)


def test_as_many_queries_for_many_versions_as_for_few(loaded: Kent, client: Client) -> None:
    correct(loaded, 2)
    few = {name: queries(client, version_in(PAGES[name], 2)) for name in PAGES}
    for number in (3, 4):
        correct(loaded, number)
    for name, path in PAGES.items():
        many = queries(client, version_in(path, 4))
        assert len(many) == len(few[name]), f"{name}: {compared(few[name], many)}"


def version_in(path: str, number: int) -> str:
    """The path with another version than the first, where it names one."""
    return path.replace("versions/1/", f"versions/{number}/")


def correct(loaded: Kent, number: int) -> None:
    """Accept one more version of August, and work its figures out."""
    at = DEMO_MOMENT + timedelta(minutes=number)
    east = 100 + number
    content = workbook_with({("Activity", "D4"): east, ("Activity", "F4"): east + 91})
    judged = judge(ReceivedFile(content, "correction.xlsx"), on=at.date(), expected=loaded.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked").version
    assert version is not None, judged.findings
    assert version.number == number
    accept(sign_off(version, by=CONSOLE, at=at), by=CONSOLE, at=at)
    work_off(loaded.agreement)


def test_the_overview_stays_within_its_budget(loaded: Kent, client: Client) -> None:
    asked = queries(client, HERE)
    assert len(asked) <= OVERVIEW_BUDGET, "\n".join(sql[:200] for sql in asked)
    # A page that was worked out before asks only who reads it and whether anything changed.
    with CaptureQueriesContext(connection) as again:
        client.get(HERE)
    assert len(again.captured_queries) < len(asked)


@pytest.mark.parametrize("as_at", ["", "&as-at=2019-10-17", "&as-at=2019-01-31"])
@pytest.mark.parametrize("month", ["2018-04", "2019-03", "2019-09"])
def test_any_month_of_the_overview_stays_within_its_budget(
    loaded: Kent, client: Client, month: str, as_at: str
) -> None:
    assert len(queries(client, f"{HERE}?month={month}{as_at}")) <= OVERVIEW_BUDGET
