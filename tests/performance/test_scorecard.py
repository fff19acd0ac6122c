"""The provider's scorecard: the same rules as the indicators, what each reader may see, and the file that equals it."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Role
from performance.actions.days import make_obligations, open_the_day
from performance.actions.deciding import accept, send_back
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.finding_counts import finding_counts
from performance.models import Figure, Upload, Version
from performance.recompute import work_off
from performance.return_pages.scorecard import ScorecardPage, scorecard_page
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_MOMENT, EVERY_MONTH, LONDON, Kent, take_in
from tests.signing import signed_off
from tests.visiting import text_of, visitor

PAGE = "/agreements/KCC-CYPMHS-S76/scorecard/"
JULY, AUGUST, SEPTEMBER = (date(2019, month, 1) for month in (7, 8, 9))
SIGNATORY, COUNCIL = Role.PROVIDER_SIGNATORY, Role.COUNCIL_COMMISSIONER
WHY = "=HYPERLINK(1) said the editor"


def on(day: int, month: int = 10) -> datetime:
    return datetime(2019, month, day, 9, 0, tzinfo=LONDON)


def handed_in(kent: Kent, cells: dict[Any, Any], month: date, at: datetime, why: str = "") -> Version | None:
    judged = judge(ReceivedFile(workbook_with(cells, month=month), "r.xlsx"), on=at.date(), expected=kent.agreement)
    return receive(judged, by=Actor.person(kent.people[Role.PROVIDER_EDITOR]), at=at, why=why).version


def signed(kent: Kent, version: Version | None, at: datetime) -> Version:
    assert version is not None
    return signed_off(version, Actor.person(kent.people[SIGNATORY]), at)


def accepted(kent: Kent, version: Version, at: datetime) -> Version:
    return accept(version, by=Actor.person(kent.people[Role.COORDINATING_COMMISSIONER]), at=at)


def page_for(kent: Kent, role: Role) -> ScorecardPage:
    return scorecard_page(standing_of(kent.people[role], kent.agreement), at=DEMO_MOMENT)


@pytest.fixture
def busy(kent: Kent) -> Kent:
    """July right at once; August corrected afterwards; September refused twice, late, sent back and then accepted."""
    kent.agreement.returns_from = JULY
    kent.agreement.save()
    take_in(kent, [JULY, AUGUST])
    make_obligations(kent.agreement, until=date(2019, 11, 1))
    correction = signed(kent, handed_in(kent, {("Activity", "H2"): "again"}, AUGUST, on(1), WHY), on(1))
    accepted(kent, correction, on(2))
    bad = {("Activity", "D2"): "many", ("Activity", "E2"): "few"}
    assert handed_in(kent, bad, SEPTEMBER, on(14)) is None
    assert handed_in(kent, {("Activity", "D2"): "many"}, SEPTEMBER, on(15)) is None
    first = signed(kent, handed_in(kent, {}, SEPTEMBER, on(16)), on(16))
    send_back(first, by=Actor.person(kent.people[Role.COORDINATING_COMMISSIONER]), at=on(16), reason="Is F2 right?")
    assert handed_in(kent, {("Activity", "D2"): "some"}, SEPTEMBER, on(16)) is None, "refused after the first version"
    second = signed(kent, handed_in(kent, {("Activity", "H2"): "2"}, SEPTEMBER, on(17), "Counted anew"), on(17))
    accepted(kent, second, on(17))
    return kent


def test_what_the_scorecard_says_of_each_month(busy: Kent) -> None:
    september, august, july = page_for(busy, SIGNATORY).months
    assert (july.is_on_time, july.is_right_first_time, july.corrections, july.days_late) == (True, True, (), 0)
    assert (august.is_right_first_time, august.corrections) == (True, (WHY,)), "a correction afterwards counts alone"
    assert (september.signed_on, september.days_late) == (date(2019, 10, 16), 2)
    assert (september.is_on_time, september.is_right_first_time) == (False, False)
    assert (september.times_sent_back, september.corrections) == (1, ("Counted anew",))
    assert (september.refused, september.errors) == (2, 4), "before the first version; errors of every upload"


def test_the_scorecard_and_the_indicators_say_the_same(busy: Kent) -> None:
    open_the_day(busy.agreement, at=DEMO_MOMENT)
    work_off(busy.agreement)
    page = page_for(busy, COUNCIL)
    for code, told in (
        ("returns-on-time", lambda one: one.is_on_time),
        ("returns-right-first-time", lambda one: one.is_right_first_time),
    ):
        figures = Figure.objects.filter(indicator__code=code, known_until=None, area__code="kent", month__gte=JULY)
        counted = {figure.month: figure.numerator for figure in figures if figure.denominator}
        assert counted, code
        by_month = {one.month: one for one in page.months}
        rolling = {month: sum(told(by_month[held]) for held in by_month if held <= month) for month in counted}
        assert counted == rolling, code


def test_a_return_not_signed_off_is_late_until_today(kent: Kent) -> None:
    kent.agreement.returns_from = SEPTEMBER
    kent.agreement.save()
    make_obligations(kent.agreement, until=date(2019, 12, 1))
    (september,) = page_for(kent, COUNCIL).months
    assert (september.signed_on, september.days_late, september.is_on_time) == (None, 3, False)
    said = text_of(visitor(kent, COUNCIL).get(PAGE))
    assert "None of the 1 returns due so far were on time (0.0%)" in said
    assert "September 2019 is 3 Operational Days late." in said


def test_before_anything_is_due_the_page_says_so(kent: Kent) -> None:
    assert "No return has fallen due yet." in text_of(visitor(kent, COUNCIL).get(PAGE))
    assert visitor(kent, COUNCIL).get(f"{PAGE}csv/").status_code == 200


@pytest.mark.parametrize("role", [COUNCIL, Role.COUNCIL_FINANCE, Role.COORDINATING_COMMISSIONER])
def test_drafts_and_refused_files_are_the_providers_own(busy: Kent, role: Role) -> None:
    handed_in(busy, {("Activity", "D2"): 1, ("Activity", "F2"): 1, ("Activity", "E2"): 0}, AUGUST, on(17), "A draft")
    page = page_for(busy, role)
    assert {(one.refused, one.errors) for one in page.months} == {(None, None)}
    assert {row.level for row in page.kinds} <= {"warning"}
    said = text_of(visitor(busy, role).get(PAGE))
    assert "Refused before the first version" not in said
    assert "Errors" not in said
    assert "Not a number" not in said
    assert "A draft" not in said
    assert "is its own, and is not shown to you" in said
    own = page_for(busy, SIGNATORY)
    assert sum(one.warnings for one in own.months) > sum(one.warnings for one in page.months)


@pytest.mark.parametrize("role", [SIGNATORY, Role.PROVIDER_EDITOR, Role.AUDITOR])
def test_who_sees_drafts_sees_what_was_found_in_them(busy: Kent, role: Role) -> None:
    kinds = {row.name: dict(row.by_year) for row in page_for(busy, role).kinds}
    assert kinds["Not a number"] == {"2019/20": 4}
    said = text_of(visitor(busy, role).get(PAGE))
    assert "Not a number Error 4 4" in said
    assert "Counted in every upload" in said


def cells_on(page: str) -> list[list[str]]:
    """The table of months as a reader sees it."""
    table = page[page.index("The scorecard by month") :]
    rows = re.findall(r'<tr class="govuk-table__row">(.*?)</tr>', table, re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in row] for row in cells]


@pytest.mark.parametrize("role", [SIGNATORY, COUNCIL])
def test_the_file_equals_the_screen(busy: Kent, role: Role) -> None:
    client = visitor(busy, role)
    answer = client.get(f"{PAGE}csv/")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="provider-scorecard-kcc-cypmhs-s76-2019-10-17.csv"'
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == cells_on(client.get(PAGE).content.decode())
    assert [row[0] for row in rows] == ["Month", "September 2019", "August 2019", "July 2019"]


def test_a_reason_is_text_in_the_file(busy: Kent) -> None:
    (august,) = [one for one in page_for(busy, SIGNATORY).months if one.month == AUGUST]
    assert august.corrections == (WHY,)
    content = visitor(busy, SIGNATORY).get(f"{PAGE}csv/").content.decode("utf-8-sig")
    assert not re.search(r"(^|,|\")[=+@]", content), "no cell begins as a formula"


def asked_for(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", [SIGNATORY, COUNCIL])
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}csv/"])
def test_as_many_queries_for_many_months_as_for_one(kent: Kent, role: Role, path: str) -> None:
    client = visitor(kent, role)
    take_in(kent, EVERY_MONTH[-1:])
    few = asked_for(client, path)
    take_in(kent, EVERY_MONTH[:-1])
    for number in range(3):
        assert handed_in(kent, {("Activity", "D2"): "many"}, SEPTEMBER, on(14) + timedelta(minutes=number)) is None
    make_obligations(kent.agreement, until=SEPTEMBER)
    assert asked_for(client, path) == few <= 12


def test_findings_are_counted_in_the_database(kent: Kent) -> None:
    one = {"level": "error", "sheet": "Activity", "cell": "D2", "code": "not-a-number"}
    two = {"level": "warning", "sheet": "Activity", "cell": "D2", "code": "change"}
    fields = {"agreement": kent.agreement, "file_name": "x", "sha256": "0" * 64, "size": 1, "uploaded_at": on(1)}
    for month, findings in ((JULY, [one] * 300 + [two]), (AUGUST, [two, two]), (AUGUST, []), (None, [one])):
        Upload.objects.create(month=month, findings=findings, outcome="rejected", uploaded_by_name="X", **fields)
    counts = [(c.month, c.code, c.count) for c in finding_counts(kent.agreement, with_drafts=True)]
    assert counts == [(JULY, "change", 1), (JULY, "not-a-number", 300), (AUGUST, "change", 2)]
    assert finding_counts(kent.agreement, with_drafts=False) == ()
