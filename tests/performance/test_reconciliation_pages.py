"""The pages about two caseloads: what they say, to whom, and what they say of the past."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.models import Role
from contracts.periods import month_end
from performance.actions.explaining import answer, explain
from performance.models import Difference, Measure
from performance.reconciliation import Kind
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.council_batches import batch
from tests.performance.provider_lists import accept_list
from tests.performance.two_caseloads import AUGUST, held_against_each_other, keys, not_available, standing
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
LIST = "/agreements/KCC-CYPMHS-S76/reconciliation/"
HERE = f"{LIST}2019-08/"
READERS = [role for role in Role if role is not Role.ADMINISTRATOR]
SEE_CASES = {Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY}
EARLIER = DEMO_MOMENT - timedelta(days=2)
IN_AUGUST = ["191", "197", "183", "8", "14", "6", "0", "0", "-6"]


@pytest.fixture
def rows(kent: Kent) -> list[Difference]:
    return held_against_each_other(kent, at=EARLIER)


def lines_of(answer) -> list[list[str]]:
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def explained(kent: Kent, rows: list[Difference], *, is_signed: bool | None = True, figure: int | None = None) -> None:
    one = explain(
        kent.agreement,
        rows[0].month,
        differences=keys(rows),
        text="Unit seven counted a day later",
        agreed_figure=figure,
        by=standing(kent, Role.PROVIDER_EDITOR),
        at=DEMO_MOMENT,
    )
    if is_signed is not None:
        by = standing(kent, Role.COUNCIL_COMMISSIONER)
        answer(one, is_signed=is_signed, reason="Which unit?", by=by, at=DEMO_MOMENT)


def test_without_a_month_the_list_says_so(kent: Kent) -> None:
    page = text_of(visitor(kent, Role.AUDITOR).get(LIST))
    assert "No month’s caseloads have been held against each other." in page


def test_why_nothing_is_compared_is_said_on_the_list_and_on_the_months_page(kent: Kent) -> None:
    Measure.objects.filter(agreement=kent.agreement).update(is_counted_by_case_list=False)
    client = visitor(kent, Role.AUDITOR)
    why = "No case list is asked for with the return for {} 2019, so there is nothing to compare."
    assert why.format("September") in text_of(client.get(LIST))
    page = text_of(client.get(HERE))
    assert why.format("August") in page
    assert "yet" not in page.partition(why.format("August"))[0][-200:]


def test_a_month_that_waits_for_the_worker_says_so(kent: Kent) -> None:
    accept_list(kent.agreement, AUGUST, [])
    batch(kent.agreement, month_end(AUGUST), DEMO_MOMENT)
    page = text_of(visitor(kent, Role.AUDITOR).get(HERE))
    assert "The two caseloads of August 2019 have not been held against each other yet." in page


def test_the_list_has_a_row_for_each_month_newest_first(kent: Kent, rows) -> None:
    held_against_each_other(kent, date(2019, 5, 1), {})
    not_available(kent, date(2019, 7, 1), "The council’s cases were not received.")
    client = visitor(kent, Role.AUDITOR)
    page = text_of(client.get(LIST))
    assert "2 months have both caseloads. Disputed: August 2019." in page
    assert "August 2019 191 197 183 8 14 6 0 0 −6 Disputed: 28 to explain" in page
    assert "July 2019 191 not available Not available The council’s cases were not received." in page
    assert "May 2019 183 183 183 0 0 0 0 0 0 Agrees" in page
    assert page.index("August 2019 191") < page.index("July 2019 191") < page.index("May 2019 183")


def test_the_lists_file_says_the_same(kent: Kent, rows) -> None:
    not_available(kent, date(2019, 7, 1), "The council’s cases were not received.")
    lines = lines_of(visitor(kent, Role.AUDITOR).get("/agreements/KCC-CYPMHS-S76/reconciliation.csv"))
    assert lines[0][:3] == ["Month", "NELFT lists", "KCC holds"]
    assert lines[1] == ["2019-08", *IN_AUGUST, "Disputed: 28 to explain", ""]
    none = ["not available"] * 8
    assert lines[2] == ["2019-07", "191", *none, "Not available", "The council’s cases were not received."]


@pytest.mark.parametrize("role", READERS)
def test_everybody_sees_counts_and_only_those_who_may_see_references(kent: Kent, rows, role: Role) -> None:
    client = visitor(kent, role)
    page = text_of(client.get(HERE))
    assert "NELFT lists 191 children, and KCC’s system holds 197: 183 are held by both." in page
    assert "Held 8 by NELFT only and 14 by KCC only. Of those held by both, 6 opened on different days." in page
    assert "East Kent 105 109 100 5 9 4 0 0 −4" in page
    assert "Held by the council only East Kent 9 9 to explain" in page
    differences = lines_of(client.get(f"{HERE}differences.csv"))
    assert ("EH-2019-" in page) is ("EH-2019-" in str(differences)) is (role in SEE_CASES)


def test_the_counts_by_area_as_a_file(kent: Kent, rows) -> None:
    lines = lines_of(visitor(kent, Role.AUDITOR).get(f"{HERE}by-area.csv"))
    assert [line[0] for line in lines] == ["Area", "East Kent", "West Kent", "Kent"]
    assert lines[3] == ["Kent", *IN_AUGUST, ""]


def test_the_differences_as_a_file_of_groups_and_of_cases(kent: Kent, rows) -> None:
    explained(kent, rows[:1])
    groups = lines_of(visitor(kent, Role.AUDITOR).get(f"{HERE}differences.csv"))
    assert groups[1] == ["Held by the provider only", "East Kent", "5", "4", "0", "1"]
    client = visitor(kent, Role.PROVIDER_EDITOR)
    cases = lines_of(client.get(f"{HERE}differences.csv"))
    assert len(cases) == 29
    first = ["EH-2019-20001", "Held by the provider only", "East Kent", "opened 4 July 2019", "does not hold it"]
    assert cases[1] == [*first, "Signed by both"]
    some = lines_of(client.get(f"{HERE}differences.csv?kind=council-only&area=east-kent&state=to+explain"))
    assert len(some) == 10


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 28),
        ("?kind=opened-differs", 6),
        ("?kind=opened-differs&area=west-kent", 2),
        ("?state=signed", 1),
        ("?state=waiting", 0),
        ("?kind=no-kind&state=no-state", 28),
        ("?area=nowhere", 0),
        ("?page=99", 28),
        ("?page=x", 28),
    ],
)
def test_the_page_shows_the_cases_that_its_file_has(kent: Kent, rows, query: str, count: int) -> None:
    explained(kent, rows[:1])
    client = visitor(kent, Role.PROVIDER_SIGNATORY)
    shown = client.get(HERE + query)
    assert shown.status_code == 200
    assert shown.content.decode().count('<th scope="row" class="govuk-table__header">EH-2019-') == count
    assert len(lines_of(client.get(f"{HERE}differences.csv{query}"))) == count + 1


def test_many_cases_come_in_pages_and_in_one_file(kent: Kent) -> None:
    held_against_each_other(kent, counted={(Kind.ROUTE_DIFFERS, "east-kent"): 110})
    client = visitor(kent, Role.PROVIDER_EDITOR)
    found = [client.get(f"{HERE}?kind=route-differs&page={page}") for page in (1, 2, 3)]
    numbers = [page.content.decode().count('class="govuk-table__header">EH-2019-') for page in found]
    assert numbers == [50, 50, 10]
    assert "110 differences, page 2 of 3" in text_of(found[1])
    assert len(lines_of(client.get(f"{HERE}differences.csv?page=3"))) == 111


def test_no_program_runs_what_a_reference_says(kent: Kent, rows) -> None:
    Difference.objects.create(
        agreement=kent.agreement,
        month=AUGUST,
        reference="=1+1",
        kind=Kind.ROUTE_DIFFERS.value,
        area=rows[0].area,
        provider_says="@SUM(A1)",
        council_says="+1",
        known_from=EARLIER,
    )
    lines = lines_of(visitor(kent, Role.PROVIDER_EDITOR).get(f"{HERE}differences.csv?kind=route-differs"))
    assert [lines[1][0], *lines[1][3:5]] == ["'=1+1", "'@SUM(A1)", "'+1"]


def test_an_agreed_figure_is_shown_once_nothing_is_left(kent: Kent, rows) -> None:
    explained(kent, rows, figure=194)
    client = visitor(kent, Role.ASSOCIATE_COMMISSIONER)
    page = text_of(client.get(HERE))
    assert "Explained and signed by both Agreed figure: 194 , signed by KCC and NELFT on 17 October 2019" in page
    assert "Signed by Alex Morgan (KCC)" in page
    assert "Agreed figure: 194" in text_of(client.get(LIST))


def test_of_two_agreed_figures_the_one_signed_last_holds_and_the_other_says_so(kent: Kent, rows) -> None:
    explained(kent, rows[:10], figure=192)
    explained(kent, rows[10:20], figure=190)
    explained(kent, rows[20:], figure=188, is_signed=None)
    page = text_of(visitor(kent, Role.ASSOCIATE_COMMISSIONER).get(HERE))
    assert "Figure for both: 192 Replaced by 190, signed on 17 October 2019." in page
    assert "Figure for both: 190 Held" in page
    assert "Figure for both: 188 Once signed, it takes the place of 190, signed on 17 October 2019." in page
    form = text_of(visitor(kent, Role.COUNCIL_COMMISSIONER).get(HERE))
    assert "190 was signed on 17 October 2019; a figure signed after it replaces it." in form


def test_without_a_list_the_history_says_that_there_is_none(kent: Kent) -> None:
    not_available(kent, AUGUST, "The council’s cases were not received.")
    page = text_of(visitor(kent, Role.AUDITOR).get(HERE))
    history = page.partition("When these counts changed")[2]
    assert "NELFT lists" in history
    assert "no case list" in history
    assert "A move, a reopening or a correction told later changes this month too" in history


def test_what_was_sent_back_says_why(kent: Kent, rows) -> None:
    explained(kent, rows, is_signed=False)
    page = text_of(visitor(kent, Role.COUNCIL_FINANCE).get(HERE))
    assert "Sent back by KCC" in page
    assert "Which unit?" in page
    assert "Disputed: 28 to explain" in page


def test_the_history_says_when_counts_changed_and_leads_back(kent: Kent, rows) -> None:
    held_against_each_other(kent, counted={(Kind.COUNCIL_ONLY, "east-kent"): 3})
    client = visitor(kent, Role.AUDITOR)
    page = client.get(HERE)
    now, _, then = text_of(page).partition("When these counts changed")[2].partition("15 October 2019 at 9:30am")
    assert "183 186 183 3" in now
    assert "191 197 183 28" in then
    assert "?as-at=2019-10-15T09%3A30%3A00%2B01%3A00" in page.content.decode()


def test_looking_back_shows_what_was_known_and_takes_no_step(kent: Kent, rows) -> None:
    explained(kent, rows, is_signed=None, figure=194)
    client = visitor(kent, Role.PROVIDER_SIGNATORY)
    then = client.get(f"{HERE}?as-at=2019-10-16")
    page = text_of(then)
    assert "Disputed: 28 to explain" in page
    assert "Neither side had said anything by then." in page
    assert "Send your" not in page
    assert "Disputed: 28 to sign" in text_of(client.get(HERE))
    before = text_of(client.get(f"{HERE}?as-at=2019-10-01"))
    assert "No return for August 2019 is accepted;" in before
    assert "191" not in before
    assert "No month’s caseloads" in text_of(client.get(f"{LIST}?as-at=2019-10-01"))
    assert len(lines_of(client.get(f"{HERE}differences.csv?as-at=2019-10-01"))) == 1


@pytest.mark.parametrize("asked", ["2030-01-01", "nonsense"])
def test_a_moment_that_cannot_be_looked_back_to_is_told(kent: Kent, rows, asked: str) -> None:
    client = visitor(kent, Role.AUDITOR)
    for path in (LIST, HERE):
        assert "There is a problem" in text_of(client.get(f"{path}?as-at={asked}"))


@pytest.mark.parametrize(("month", "status"), [("2019-07", 200), ("2019-10", 404), ("2017-01", 404), ("2019-13", 404)])
def test_a_month_is_there_once_a_return_is_required_for_it(kent: Kent, month: str, status: int) -> None:
    client = visitor(kent, Role.AUDITOR)
    found = client.get(f"{LIST}{month}/")
    assert found.status_code == status
    if status == 200:
        assert "No return for July 2019 is accepted;" in text_of(found)
    for file in ("by-area.csv", "differences.csv"):
        assert client.get(f"{LIST}{month}/{file}").status_code == status


@pytest.mark.parametrize("role", [Role.PROVIDER_SIGNATORY, Role.COUNCIL_COMMISSIONER])
def test_as_many_queries_for_many_differences_and_explanations_as_for_few(kent: Kent, role: Role) -> None:
    client = visitor(kent, role)
    asked = []
    for minutes, number in enumerate((2, 30)):
        at = EARLIER + timedelta(minutes=minutes)
        rows = held_against_each_other(kent, counted={(Kind.ROUTE_DIFFERS, "east-kent"): number}, at=at)
        for row in rows[: number // 2]:
            explained(kent, [row], is_signed=None)
        asked.append([_queries(client, path) for path in (LIST, HERE, f"{HERE}differences.csv")])
    assert asked[0] == asked[1]


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked.captured_queries)
