"""Returns, their versions and lines over the API: as the pages have them for those who see no small counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Organisation, PartyRole, Role, Scope
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.form import Sheet
from performance.models import Version
from performance.return_pages.calendar import returns_page
from performance.return_pages.version import version_page
from tests.api_callers import Caller, caller_for
from tests.hostile_files.build import sample_cases, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
HERE = "/api/v1/agreements/KCC-CYPMHS-S76/"
AUGUST = date(2019, 8, 1)
VERSION = f"{HERE}returns/2019-08/versions/1"


@pytest.fixture
def caller(loaded: Kent, on_the_demo_day: date) -> Caller:
    return caller_for(loaded.agreement, Scope.FIGURES_READ)


@pytest.fixture
def provider(loaded: Kent, on_the_demo_day: date) -> Caller:
    """The provider's own system, which uploads."""
    (organisation,) = Organisation.objects.filter(parties__agreement=loaded.agreement, parties__role=PartyRole.PROVIDER)
    return caller_for(loaded.agreement, Scope.FIGURES_READ, Scope.RETURNS_WRITE, organisation=organisation)


@pytest.fixture
def draft(loaded: Kent) -> Version:
    """A draft that corrects August."""
    file = ReceivedFile(workbook_with({("Activity", "H2"): "Corrected"}), "august.xlsx")
    judged = judge(file, on=DEMO_DAY, expected=loaded.agreement, case_list=sample_cases())
    by = Actor.person(loaded.people[Role.PROVIDER_EDITOR])
    version = receive(judged, by=by, at=DEMO_MOMENT, why="A slip").version
    assert version is not None, judged.findings
    return version


def test_obligations_are_the_months_required_so_far(caller):
    held = caller.items(f"{HERE}obligations")
    assert held[0]["month"] == "2019-10"
    assert held[-1]["month"] == "2018-04"
    assert [one["month"] for one in held] == sorted({one["month"] for one in held}, reverse=True)
    (august,) = caller.items(f"{HERE}obligations", month="2019-08")
    assert august == {
        "month": "2019-08",
        "due_on": "2019-09-13",
        "state": "Accepted",
        "first_signed_off_on": "2019-09-12",
        "operational_days_late": 0,
        "in_words": "",
    }


def test_obligations_and_returns_say_what_the_page_says(caller, loaded):
    standing = standing_of(loaded.people[Role.COUNCIL_COMMISSIONER], loaded.agreement)
    page = returns_page(standing, on=DEMO_DAY)
    shown = {f"{row.month:%Y-%m}": row for year in page.years for row in year.rows}
    told = {one["month"]: one for one in caller.items(f"{HERE}returns")}
    assert told.keys() == shown.keys()
    for month, row in shown.items():
        assert (told[month]["state"], told[month]["version"]) == (row.state.value, row.number)
    for one in caller.items(f"{HERE}obligations"):
        row = shown[one["month"]]
        assert (one["state"], one["in_words"]) == (row.state.value, row.note)
        assert row.first_signed_on is None or one["first_signed_off_on"] == row.first_signed_on.isoformat()


def test_a_month_that_is_late_counts_its_days_and_one_to_come_has_none(caller, settings):
    settings.PORTAL_TODAY = date(2019, 11, 20)  # October was due on 14 November, a Thursday.
    october, november = (caller.items(f"{HERE}obligations", month=m)[0] for m in ("2019-10", "2019-11"))
    assert (october["state"], october["operational_days_late"]) == ("Late", 4)
    assert october["in_words"] == "4 Operational Days late"
    assert (november["state"], november["operational_days_late"]) == ("Not due yet", None)


def test_a_version_says_what_it_is(caller, loaded):
    version = Version.objects.get(of_return__month=AUGUST)
    told = caller.get(VERSION).json()
    assert (told["month"], told["number"], told["state"]) == ("2019-08", 1, "accepted")
    assert (told["sha256"], told["bytes"]) == (version.upload.sha256, version.upload.size)
    assert told["is_nil"] is False
    assert "uploaded_by" not in told
    assert caller.items(f"{HERE}returns/2019-08/versions") == [told]


@pytest.mark.parametrize("month", ["2019-13", "2019-8", "1999-01", "2030-01"])
def test_a_month_that_is_none_or_has_no_version_is_not_there(caller, month):
    assert caller.get(f"{HERE}returns/{month}/versions/1").status_code == 404


def test_a_draft_is_the_providers_own(caller, provider, draft):
    number = draft.number
    path = f"{HERE}returns/2019-08/versions"
    assert caller.get(f"{path}/{number}").status_code == 404
    assert caller.get(f"{path}/{number}/lines").status_code == 404
    assert [one["number"] for one in caller.items(path)] == [1]
    assert caller.items(f"{HERE}returns", month="2019-08")[0]["correction"] is None
    assert [one["state"] for one in provider.items(path)] == ["accepted", "draft"]
    assert provider.items(f"{HERE}returns", month="2019-08")[0]["correction"] == number


def test_lines_hide_and_round_small_counts_exactly_as_the_page_does(caller, provider, loaded):
    standing = standing_of(loaded.people[Role.COUNCIL_COMMISSIONER], loaded.agreement)
    version = Version.objects.select_related("of_return__agreement", "upload").get(of_return__month=AUGUST)
    table = version_page(version, standing, sheet=Sheet.EQUALITY).table
    shown = [cell.text for group in table.groups for row in group.rows for cell in row.cells]
    assert "*" in shown
    for reader in (caller, provider):
        lines = [line for line in reader.items(f"{VERSION}/lines") if line["sheet"] == "Equality"]
        assert [line["shown"] for line in lines] == shown
        assert all(line["is_hidden"] == (line["shown"] == "*") for line in lines)
        assert all(line["value"] is None for line in lines if line["is_hidden"])
        assert all(int(line["value"]) % 5 == 0 for line in lines if not line["is_hidden"])
        assert all(line["comment"] == "" for line in lines)


def test_lines_say_where_each_number_stood_and_why_one_is_missing(caller):
    lines = caller.items(f"{VERSION}/lines")
    by_cell = {(line["sheet"], line["cell"]): line for line in lines}
    assert len(lines) == Version.objects.get(of_return__month=AUGUST).lines.count()
    early_help = by_cell["Activity", "F2"]
    assert (early_help["value"], early_help["element"], early_help["area"]) == ("191", "ehu", "kent")
    for line in lines:
        if line["value"] is None and not line["is_hidden"]:
            assert line["not_reported_because"], line
    assert caller.items(f"{VERSION}/lines", limit=7) == lines


@pytest.mark.parametrize("path", ["obligations", "returns", "returns/2019-08/versions/1/lines"])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(caller, path):
    asked = {}
    for limit in (1, 1000):
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(f"{HERE}{path}", limit=limit).status_code == 200
        asked[limit] = len(captured)
    assert asked[1] == asked[1000]
