"""The audit view of money: every payment with what it rests on, every change of money, and the trail checked."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape
from time import perf_counter
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts import audit
from contracts.access import ROLE_PERMISSIONS
from contracts.actions.decisions import record_taken
from contracts.audit import CONSOLE, Actor
from contracts.models import Event, RecordOfDecision, Role
from contracts.periods import add_months
from contracts.permissions import Permission
from funding.actions.reversing import reverse as take_back
from funding.actions.steps import approve
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind, Payment
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.money import AUGUST, certified, moment_after, paid, proposed, second_finance
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
AUDIT = "/agreements/KCC-CYPMHS-S76/money/audit/"


@pytest.fixture
def auditor(loaded: Kent) -> Client:
    return visitor(loaded, Role.AUDITOR)


def rows_of(answer: Any) -> list[list[str]]:
    """A CSV file's rows, without the marks that keep a cell from being calculated."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def events_on(answer: Any) -> list[list[str]]:
    """The rows of the page's table of changes, as the file would say them."""
    table = re.search(r"<table[^>]*audit-events.*?</table>", answer.content.decode(), re.DOTALL)
    if table is None:
        return []
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in table[0].split("<tr")[2:]]
    return [[_cell(one) for one in row] for row in cells]


def _cell(html: str) -> str:
    parts = re.findall(r"<li>(.*?)</li>", html, re.DOTALL) or [html]
    return "; ".join(unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", ["", "csv/"])
def test_who_may_open_it(loaded: Kent, role: Role, path: str) -> None:
    may = Permission.SEE_AUDIT_TRAIL in ROLE_PERMISSIONS[role]
    expected = 200 if may else 404 if role is Role.ADMINISTRATOR else 403
    assert visitor(loaded, role).get(AUDIT + path).status_code == expected


def test_a_payment_with_all_it_rests_on(loaded: Kent, auditor: Client) -> None:
    paid(loaded)
    said = text_of(auditor.get(AUDIT))
    for words in (
        "Payment 1, August 2019: £209,016.66",
        "Deduction of £12,400.00 for KHNES, August 2019 (empty posts)",
        "Funding line of KHNES: £240,000.00 a year from 1 September 2017 (004 §1.8, Report to",
        "Return of August 2019, version 1",
        "KHNES: met",
        "The same posts in the council’s own services would cost more",
        "Certified: Priya Shah, 20 September 2019",
        "Approved: Daniel Price, 21 September 2019",
        "KCC-000001",
    ):
        assert words in said
    assert '<a class="quiet-link" href="/agreements/KCC-CYPMHS-S76/returns/2019-08/versions/1/">' in (
        auditor.get(AUDIT).content.decode()
    )


def test_decisions_notices_and_counter_entries_stand_with_their_payment(loaded: Kent, auditor: Client) -> None:
    decision = RecordOfDecision.objects.get(number="19/00076")
    record_taken(decision, on=DEMO_DAY, by=Actor.person(loaded.people[Role.COUNCIL_COMMISSIONER]), at=DEMO_MOMENT)
    khnes = loaded.agreement.elements.get(code="khnes")
    item = DraftItem(
        khnes, Direction.DEDUCTION, ItemKind.DECISION, Decimal("10.00"), AUGUST, "As decided", None, decision.pk
    )
    notice = DraftItem(khnes, Direction.DEDUCTION, ItemKind.NOTICE, Decimal("5.00"), AUGUST, "Served", notice="CPN-7")
    payment = paid(loaded, items=(*proposed(loaded).items, item, notice))
    counter = take_back(
        payment, reason="Paid twice", by=Actor.person(loaded.people[Role.COUNCIL_FINANCE]), at=moment_after(AUGUST, 27)
    )
    approve(counter, by=Actor.person(second_finance(loaded)), at=moment_after(AUGUST, 28))
    said = text_of(auditor.get(AUDIT))
    assert "Decision 19/00076" in said
    assert "Notice CPN-7" in said
    assert "Counter-entry 2, August 2019: −£209,001.66" in said
    html = auditor.get(AUDIT).content.decode()
    assert f'href="/agreements/KCC-CYPMHS-S76/terms/#decision-{decision.pk}"' in html
    assert "reverses payment 1" in said
    assert "Certified: Priya Shah, 27 September 2019 at 10:00am (Paid twice)" in said


def test_the_filters(loaded: Kent, auditor: Client) -> None:
    paid(loaded, date(2019, 3, 1))
    certified(loaded, date(2019, 4, 1))
    certified(loaded)

    def months(query: str) -> list[str]:
        return [row[2] for row in rows_of(auditor.get(f"{AUDIT}csv/{query}"))[1:]]

    assert months("") == ["August 2019", "April 2019", "March 2019"]
    assert months("?year=2018-19") == ["March 2019"]
    assert months("?year=2019-20&state=certified") == ["August 2019", "April 2019"]
    assert months("?state=paid&year=2019-20") == []
    kcc = Payment.objects.earliest("pk").payer_id
    assert len(months(f"?payer={kcc}")) == 3
    assert months(f"?payer={kcc + 1000}") == []
    for nonsense in (
        "?year=2019-21",
        "?year=;--",
        "?state=lost",
        "?payer=²",
        "?payer=9999999999999",
        "?kind=tea",
        "?page=no",
    ):
        answer = auditor.get(AUDIT + nonsense)
        assert "3 payments, the newest month first." in text_of(answer)


def test_every_change_of_money_in_order_and_in_plain_words(loaded: Kent, auditor: Client) -> None:
    paid(loaded)
    line = {"annual_amount": "240000.00", "in_force_until": None}
    audit.record("funding line changed", by=CONSOLE, agreement=loaded.agreement, subject="KHNES", before=line,
                 after={"annual_amount": "40000.00", "in_force_until": "2019-09-01"})  # fmt: skip
    events = events_on(auditor.get(AUDIT))
    assert [row[3] for row in events] == [
        "Funding line changed",
        "Payment paid",
        "Payment sent",
        "Payment approved",
        "Payment tested",
        "Payment certified",
    ]
    assert events[0][5] == (
        "Pounds a year: from £240,000.00 to £40,000.00; First day out of force: from none to 1 September 2019"
    )
    assert (
        "State: from Waiting for the statutory test to Waiting for approval; Answers, Early Help: met" in events[4][5]
    )
    assert [row[3] for row in events_on(auditor.get(f"{AUDIT}?kind=tests"))] == ["Payment tested"]
    assert [row[3] for row in events_on(auditor.get(f"{AUDIT}?kind=payments"))] == [
        "Payment paid", "Payment sent", "Payment approved", "Payment certified",
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["", "kind=funding-lines", "kind=payments"])
def test_the_file_of_changes_is_every_page_of_the_screen(loaded: Kent, auditor: Client, query: str) -> None:
    paid(loaded)
    for number in range(110):
        subject = f"=HYPERLINK({number})" if number % 50 == 0 else f"Line {number}"
        audit.record(
            "funding line added", by=CONSOLE, agreement=loaded.agreement, subject=subject, after={"source": "-"}
        )
    pages = [events_on(auditor.get(f"{AUDIT}?{query}&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] != [0, 0, 0]
    assert all(len(page) <= 50 for page in pages)
    on_screen = [row for page in pages for row in page]
    if len(pages[0]) < 50:  # one page only: a number beyond the last shows the last
        on_screen = pages[0]
    filed = rows_of(auditor.get(f"{AUDIT}csv/?rows=events&{query}"))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in filed] == on_screen
    assert not any(cell.startswith(("=", "+", "@")) for row in filed for cell in row)


def test_the_file_of_payments_says_what_the_screen_says(loaded: Kent, auditor: Client) -> None:
    paid(loaded)
    said = text_of(auditor.get(AUDIT))
    headings, row = rows_of(auditor.get(f"{AUDIT}csv/"))
    for heading, cell in zip(headings, row, strict=True):
        assert heading in said
        for part in cell.split("; "):
            assert " ".join(part.split()) in said


def test_a_broken_trail_is_said(loaded: Kent, auditor: Client) -> None:
    assert "Whole Checked now:" in text_of(auditor.get(AUDIT))
    event = Event.objects.filter(agreement=loaded.agreement).latest("pk")
    assert event.hash in text_of(auditor.get(AUDIT))
    with pgtrigger.ignore("contracts.Event:events_are_append_only"):
        Event.objects.filter(pk=event.pk).update(subject="Another")
    assert f"Event {event.pk}: its content was changed after it was written." in text_of(auditor.get(AUDIT))


def test_as_many_queries_for_many_payments_as_for_one(loaded: Kent, auditor: Client) -> None:
    paid(loaded, date(2019, 8, 1))
    few = _queries(auditor)
    for number in range(1, 17):
        paid(loaded, add_months(date(2019, 8, 1), -number))
    assert len(_queries(auditor)) == len(few)


def test_a_thousand_events_are_checked_within_a_second(loaded: Kent, auditor: Client) -> None:
    for number in range(1000):
        audit.record("funding line added", by=CONSOLE, agreement=loaded.agreement, subject=f"Line {number}")
    begun = perf_counter()
    assert auditor.get(AUDIT).status_code == 200
    assert perf_counter() - begun < 1


def _queries(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(AUDIT).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def test_a_counter_entry_is_approved_and_not_paid(loaded: Kent, auditor: Client) -> None:
    payment = paid(loaded)
    by = Actor.person(loaded.people[Role.COUNCIL_FINANCE])
    take_back(payment, reason="Paid twice", by=by, at=moment_after(AUGUST, 27))
    assert "Waiting for approval" in text_of(auditor.get(AUDIT))


def test_a_changed_funding_line_says_which(loaded: Kent) -> None:
    lines = loaded.agreement.funding_lines
    assert str(lines.get(element__code="ehu")) == "KCC, Early Help: £1,200,000.00 a year from 1 September 2017"
    assert "the rest of the service: £13,800,000.00" in str(lines.get(element=None))


def test_where_the_first_funding_lines_came_from_is_about_money(loaded: Kent, auditor: Client) -> None:
    audit.record("agreement loaded", by=CONSOLE, agreement=loaded.agreement, subject="The agreement")
    assert "agreement loaded" in text_of(auditor.get(AUDIT)).lower()
