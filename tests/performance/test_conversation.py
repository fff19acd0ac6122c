"""Queries about a version and their answers: who may say what, when, and what is kept of it."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from contracts.access import standing_of
from contracts.audit import CONSOLE, Actor
from contracts.models import Event, Role
from performance.actions.deciding import CannotMove, send_back, withdraw
from performance.actions.querying import answer, ask, ask_again, settle
from performance.models import Line, Query, State, Version
from performance.return_pages.calendar import returns_page
from performance.return_pages.threads import ANSWERED, SETTLED, WAITS, state_of
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, take_in
from tests.signing import signed_off
from tests.visiting import address, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)
EDITOR, SIGNATORY, CCG, KCC = (
    Role.PROVIDER_EDITOR,
    Role.PROVIDER_SIGNATORY,
    Role.COORDINATING_COMMISSIONER,
    Role.COUNCIL_COMMISSIONER,
)
MAY_ASK, MAY_ANSWER = {CCG, KCC}, {EDITOR, SIGNATORY}


@pytest.fixture
def submitted(kent: Kent) -> Version:
    """August, signed off and waiting for acceptance."""
    hand_in(visitor(kent, EDITOR), workbook_with(month=AUGUST))
    return signed_off(Version.objects.get(), Actor.person(kent.people[SIGNATORY]))


@pytest.fixture
def query(submitted: Version) -> Query:
    """A query about the Early Help caseload of Kent."""
    return ask(submitted, about=caseload(submitted), text="Why 191?", by=CONSOLE, at=DEMO_MOMENT)


def caseload(version: Version) -> Line:
    """The line that says how many children Early Help holds in Kent."""
    return version.lines.select_related("measure").get(cell="F2", measure__sheet="Activity")


def asked(client: Client, version: Version, line: Line | None = None, text: str = "Why so many?"):
    """Ask as the form does."""
    sent = {"about": str(line.pk) if line else "whole", "text": text}
    return client.post(address(version, "queries/"), sent, follow=True)


def said(client: Client, query: Query, door: str, **sent: str):
    """Add to the thread of a query as the form does."""
    fields = {f"{query.pk}-{name}": text for name, text in sent.items()}
    return client.post(address(query.version, f"queries/{query.pk}/{door}/"), fields, follow=True)


def test_a_query_about_a_line_is_read_answered_and_settled(kent: Kent, submitted: Version) -> None:
    council, editor = visitor(kent, KCC), visitor(kent, EDITOR)
    page = asked(council, submitted, caseload(submitted), "Why <b>191</b>?")
    assert "Your query is kept. NELFT can answer it now." in text_of(page)
    assert "Early Help Units: Caseload at month end, Kent (Activity F2)" in text_of(page)
    query = Query.objects.get()
    assert (query.sheet, query.cell, query.measure) == ("Activity", "F2", caseload(submitted).measure)
    provider = editor.get(address(submitted))
    assert "‘Why <b>191</b>?’" in text_of(provider)
    assert "<b>191</b>" not in provider.content.decode()
    assert "Waits for an answer" in text_of(provider)
    assert "Answered" in text_of(said(editor, query, "answer", text="A new team took 12 children over."))
    assert "A new team took 12 children over." in text_of(council.get(address(submitted)))
    settled = said(council, query, "follow-up", step="settle")
    assert "The query is settled." in text_of(settled)
    assert "Send the answer" not in text_of(editor.get(address(submitted)))
    actions = list(Event.objects.filter(action__startswith="query").order_by("pk").values_list("action", flat=True))
    assert actions == ["query asked", "query answered", "query settled"]


def test_a_query_about_the_whole_names_no_line(kent: Kent, submitted: Version) -> None:
    asked(visitor(kent, CCG), submitted)
    query = Query.objects.get()
    assert (query.measure, query.sheet, query.cell) == (None, "", "")
    assert "The whole return" in text_of(visitor(kent, EDITOR).get(address(submitted)))


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_ask_and_answer(kent: Kent, query: Query, role: Role) -> None:
    client = visitor(kent, role)
    is_reader = role is not Role.ADMINISTRATOR
    refused = HTTPStatus.FORBIDDEN if is_reader else HTTPStatus.NOT_FOUND
    taken = {
        "ask": asked(client, query.version).status_code,
        "answer": said(client, query, "answer", text="So it is").status_code,
        "follow up": said(client, query, "follow-up", step="ask-again", text="And now?").status_code,
    }
    asks = HTTPStatus.OK if role in MAY_ASK else refused
    assert taken == {"ask": asks, "answer": HTTPStatus.OK if role in MAY_ANSWER else refused, "follow up": asks}
    assert query.messages.count() == 1 + (role in MAY_ASK) + (role in MAY_ANSWER)
    assert Query.objects.count() == 1 + (role in MAY_ASK)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_nothing_is_asked_about_what_nobody_stands_by(kent: Kent, state: State) -> None:
    hand_in(visitor(kent, EDITOR), workbook_with(month=AUGUST))
    version = Version.objects.get()
    if state == State.WITHDRAWN:
        signed = signed_off(version, Actor.person(kent.people[SIGNATORY]))
        withdraw(signed, by=CONSOLE, at=DEMO_MOMENT, reason="Wrong file")
    with pytest.raises(CannotMove, match="nothing can be asked about it"):
        ask(version, about=None, text="Why?", by=CONSOLE, at=DEMO_MOMENT)
    assert not Query.objects.exists()


def test_a_query_stands_as_what_was_said_last_makes_it(query: Query) -> None:
    steps = [
        (lambda: answer(query, text="Because", by=CONSOLE, at=DEMO_MOMENT), ANSWERED),
        (lambda: ask_again(query, text="Really?", by=CONSOLE, at=DEMO_MOMENT), WAITS),
        (lambda: answer(query, text="Yes", by=CONSOLE, at=DEMO_MOMENT), ANSWERED),
        (lambda: settle(query, by=CONSOLE, at=DEMO_MOMENT), SETTLED),
    ]
    assert state_of(query.messages.order_by("pk")) == WAITS
    for step, state in steps:
        step()
        assert state_of(query.messages.order_by("pk")) == state


@pytest.mark.parametrize("step", [answer, ask_again, settle])
def test_nothing_is_added_to_a_settled_query(query: Query, step) -> None:
    settle(query, by=CONSOLE, at=DEMO_MOMENT)
    with pytest.raises(CannotMove, match="was settled"):
        step(query, text="Once more", by=CONSOLE, at=DEMO_MOMENT)
    assert query.messages.count() == 2


def test_a_settled_query_says_so_to_whoever_was_second(kent: Kent, query: Query) -> None:
    settle(query, by=CONSOLE, at=DEMO_MOMENT)
    page = said(visitor(kent, EDITOR), query, "answer", text="Too late")
    assert page.status_code == HTTPStatus.OK
    assert "This query was settled" in text_of(page)


@pytest.mark.parametrize(
    ("role", "step", "sent", "told"),
    [
        (EDITOR, "answer", {"text": " "}, "Write your answer"),
        (CCG, "follow-up", {"step": "ask-again", "text": ""}, "Write what you want to know"),
        (CCG, "follow-up", {"text": "And?"}, "Choose whether to ask again or to settle the query"),
        (EDITOR, "answer", {"text": "x" * 1001}, "at most 1000 characters"),
        (EDITOR, "answer", {"text": "She is 943 476 5919"}, "could point at a child"),
    ],
)
def test_what_is_left_out_is_an_error_beside_the_field(kent: Kent, query: Query, role, step, sent, told) -> None:
    page = said(visitor(kent, role), query, step, **sent)
    assert page.status_code == HTTPStatus.OK
    assert "There is a problem" in text_of(page)
    assert told in text_of(page)
    assert query.messages.count() == 1


@pytest.mark.parametrize("about", ["", "0", "x", "999999999"])
def test_a_line_that_is_none_of_the_versions_is_refused(kent: Kent, submitted: Version, about: str) -> None:
    page = visitor(kent, CCG).post(address(submitted, "queries/"), {"about": about, "text": "Why?"})
    assert page.status_code == HTTPStatus.OK
    assert "There is a problem" in text_of(page)
    assert not Query.objects.exists()


def test_the_line_in_the_address_is_chosen_beforehand(kent: Kent, submitted: Version) -> None:
    line = caseload(submitted)
    page = visitor(kent, CCG).get(address(submitted, f"queries/?line={line.pk}")).content.decode()
    assert f'<option value="{line.pk}" selected>' in page


def test_a_version_is_sent_back_with_queries_alone(kent: Kent, query: Query) -> None:
    page = visitor(kent, CCG).post(address(query.version, "decision/"), {"decision": "send-back"}, follow=True)
    assert "is sent back to NELFT with your queries" in text_of(page)
    provider = text_of(visitor(kent, EDITOR).get(address(query.version)))
    assert "West Kent CCG sent this version back 1 query to answer" in provider


def test_without_a_query_or_a_word_nothing_is_sent_back(kent: Kent, submitted: Version) -> None:
    with pytest.raises(CannotMove, match="Ask about a line first"):
        send_back(submitted, by=CONSOLE, at=DEMO_MOMENT)
    assert Version.objects.get().state == State.SUBMITTED


def test_the_next_version_carries_the_queries_about_the_one_before(kent: Kent, query: Query) -> None:
    send_back(query.version, by=CONSOLE, at=DEMO_MOMENT)
    hand_in(visitor(kent, EDITOR), workbook_with({("Activity", "H2"): "Counted again"}), why="Counted again")
    second = Version.objects.get(number=2)
    page = text_of(visitor(kent, EDITOR).get(address(second)))
    assert "Early Help Units: Caseload at month end, Kent (Activity F2) in version 1" in page


def test_a_query_of_another_month_is_not_on_the_page(kent: Kent, query: Query) -> None:
    (july,) = take_in(kent, [date(2019, 7, 1)])
    assert "Why 191?" not in text_of(visitor(kent, CCG).get(address(july)))


def tasks_of(kent: Kent, role: Role) -> list[str]:
    standing = standing_of(kent.people[role], kent.agreement)
    return [task.text for task in returns_page(standing, on=DEMO_DAY).tasks]


def test_the_list_of_returns_says_whose_turn_it_is(kent: Kent, query: Query) -> None:
    to_answer, answered = "Answer 1 query about August 2019", "1 query about August 2019 is answered"
    assert to_answer in tasks_of(kent, EDITOR)
    assert to_answer not in tasks_of(kent, KCC)
    answer(query, text="Because", by=CONSOLE, at=DEMO_MOMENT)
    assert to_answer not in tasks_of(kent, EDITOR)
    assert answered in tasks_of(kent, KCC)
    settle(query, by=CONSOLE, at=DEMO_MOMENT)
    assert answered not in tasks_of(kent, KCC)
    assert tasks_of(kent, Role.AUDITOR) == []


def test_what_was_sent_back_is_asked_for_once(kent: Kent, query: Query) -> None:
    send_back(query.version, by=CONSOLE, at=DEMO_MOMENT)
    assert tasks_of(kent, EDITOR) == ["Answer what was asked about August 2019, version 1"]


def test_an_answer_leads_back_to_the_version_it_was_given_from(kent: Kent, query: Query) -> None:
    send_back(query.version, by=CONSOLE, at=DEMO_MOMENT)
    hand_in(visitor(kent, EDITOR), workbook_with({("Activity", "H2"): "Counted again"}), why="Counted again")
    second = Version.objects.get(number=2)
    path = address(second, f"queries/{query.pk}/answer/")
    page = visitor(kent, EDITOR).post(path, {f"{query.pk}-text": "See version 2"}, follow=True)
    assert page.redirect_chain == [(f"{address(second)}#queries", HTTPStatus.FOUND)]


def test_a_query_of_another_month_is_not_there(kent: Kent, query: Query) -> None:
    (july,) = take_in(kent, [date(2019, 7, 1)])
    path = address(july, f"queries/{query.pk}/answer/")
    assert visitor(kent, EDITOR).post(path, {f"{query.pk}-text": "Hm"}).status_code == HTTPStatus.NOT_FOUND
