"""The pages of annual statements: who sees them, who prepares and certifies, and what is said to everybody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Role
from funding.actions.statements import mark_of
from funding.models import AnnualStatement, StatementCertificate
from tests.kent import Kent
from tests.money import paid
from tests.statements import STATEMENT, STATEMENTS, WHY, YEAR, certify, explained, figures, prepare
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER = Role.COORDINATING_COMMISSIONER
READERS = {Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, OFFICER, Role.AUDITOR}


def filled_in(kent: Kent, **changes: str) -> dict[str, str]:
    """The form as finance fills it in, with what a test changes."""
    draft = figures(kent)
    words = {f"explanation-{line.element}": WHY for line in draft.lines if line.needs_explanation}
    seen = mark_of(draft, AnnualStatement.objects.order_by("number").last())
    return {**words, "ledger_total": f"£{draft.paid:,}", "seen": seen, **changes}


def send(client, step: str, **fields: str):
    return client.post(f"{STATEMENT}{step}/", fields, follow=True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_sees_statements(loaded: Kent, role: Role) -> None:
    expected = 200 if role in READERS else 403
    for path in (STATEMENTS, STATEMENT):
        assert visitor(loaded, role).get(path).status_code == expected


@pytest.mark.parametrize(
    "path", ["2018-20/", "2016-17/", "2020-21/", "2018/", "2018-19/?version=9", "2018-19/?version=x"]
)
def test_there_is_no_such_statement(loaded: Kent, path: str) -> None:
    assert visitor(loaded, Role.AUDITOR).get(STATEMENTS + path).status_code == 404


def test_the_list_names_each_year_s_state(loaded: Kent) -> None:
    client = visitor(loaded, Role.AUDITOR)
    said = text_of(client.get(STATEMENTS))
    assert "2019/20 Year not ended Ends on 31 March 2020 2018/19 Not prepared" in said
    assert "2017/18 Not prepared" in said
    statement = prepare(loaded)
    assert "2018/19 Prepared, to be certified Version 1, by Priya Shah" in text_of(client.get(STATEMENTS))
    certify(loaded, statement)
    assert "2018/19 Certified Version 1, by Helen Marsh, Chief Finance Officer" in text_of(client.get(STATEMENTS))


def test_a_draft_is_shown_before_anybody_prepared_it(loaded: Kent) -> None:
    said = text_of(visitor(loaded, Role.COUNCIL_COMMISSIONER).get(STATEMENT))
    for words in (
        "Nobody has prepared this statement yet",
        "£1,986,216.45",
        "£691,069.64",
        "KCC’s finance officers prepare the statement.",
        "Not paid: April 2018 to March 2019 (nothing certified)",
    ):
        assert words in said


def test_finance_prepares_and_the_recipient_certifies(loaded: Kent) -> None:
    paid(loaded, YEAR, ())
    finance, officer = visitor(loaded, Role.COUNCIL_FINANCE), visitor(loaded, OFFICER)
    answer = send(finance, "preparation", **filled_in(loaded))
    assert "The statement is prepared" in text_of(answer)
    said = text_of(officer.get(STATEMENT))
    assert "They agree to the penny" in said
    assert "KCC-000001" in said
    assert "I certify for NHS West Kent CCG" in said
    answer = send(officer, "certificate", office="", certified="")
    assert "Say in which office you certify" in text_of(answer)
    assert "Tick the box" in text_of(answer)
    answer = send(officer, "certificate", office="Chief Finance Officer", certified="on")
    assert "The statement is certified." in text_of(answer)
    assert "Helen Marsh, Chief Finance Officer, 17 October 2019" in text_of(answer)
    assert AnnualStatement.objects.count() == StatementCertificate.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Give the total"), ("-5", "zero or more"), ("lots", "Write an amount in pounds and pence")],
)
def test_a_ledger_total_that_is_none_is_refused(loaded: Kent, typed: str, words: str) -> None:
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    answer = send(client, "preparation", **filled_in(loaded, ledger_total=typed))
    assert words in text_of(answer)
    assert WHY in answer.content.decode(), "what was typed is still there"
    assert not AnnualStatement.objects.exists()


def test_each_difference_is_explained(loaded: Kent) -> None:
    first = next(line for line in figures(loaded).lines if line.needs_explanation)
    sent = filled_in(loaded) | {f"explanation-{first.element}": " "}
    answer = send(visitor(loaded, Role.COUNCIL_FINANCE), "preparation", **sent)
    assert f"Explain the difference for {first.name}" in text_of(answer)


def test_a_second_version_asks_why_and_the_first_is_still_there(loaded: Kent) -> None:
    prepare(loaded)
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    assert "Say why a new version is needed" in text_of(send(client, "preparation", **filled_in(loaded)))
    answer = send(client, "preparation", **filled_in(loaded, why="The ledger was read again"))
    assert "version 2" in text_of(answer)
    assert "The ledger was read again" in text_of(answer)
    assert "Version 1 was replaced" in text_of(client.get(f"{STATEMENT}?version=1"))


def test_figures_that_moved_are_named_on_the_page(loaded: Kent) -> None:
    prepare(loaded)
    payment = paid(loaded, YEAR, ())
    client = visitor(loaded, OFFICER)
    said = text_of(client.get(STATEMENT))
    assert "The figures have changed since:" in said
    assert f"£{payment.to_pay:,}" not in said.split("Check against the ledger")[1].split("Certificate")[0]
    assert "prepare a new version" in said
    answer = send(client, "certificate", office="Chief Finance Officer", certified="on")
    assert "prepare a new version" in text_of(answer)
    assert not StatementCertificate.objects.exists()


def test_a_page_that_was_open_too_long_is_refused(loaded: Kent) -> None:
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    sent = filled_in(loaded, seen=client.get(STATEMENT).context["page"].mark)
    prepare(loaded)
    answer = send(client, "preparation", **sent, why="Mine")
    assert "Somebody prepared a version before you" in text_of(answer)
    assert AnnualStatement.objects.count() == 1


def test_steps_are_for_those_they_belong_to(loaded: Kent) -> None:
    prepare(loaded)
    for role in set(Role) - {Role.COUNCIL_FINANCE, Role.ADMINISTRATOR}:
        assert send(visitor(loaded, role), "preparation", ledger_total="0").status_code == 403
    for role in set(Role) - {OFFICER, Role.ADMINISTRATOR}:
        assert send(visitor(loaded, role), "certificate", office="x", certified="on").status_code == 403
    early = visitor(loaded, Role.COUNCIL_FINANCE).post(f"{STATEMENTS}2019-20/preparation/", {"ledger_total": "0"})
    assert early.status_code == 403


@pytest.mark.parametrize("step", ["preparation", "certificate"])
def test_looking_at_a_step_leads_back(loaded: Kent, step: str) -> None:
    role = Role.COUNCIL_FINANCE if step == "preparation" else OFFICER
    answer = visitor(loaded, role).get(f"{STATEMENT}{step}/")
    assert (answer.status_code, answer["Location"]) == (302, STATEMENT)


@pytest.mark.parametrize("path", [STATEMENTS, STATEMENT])
def test_as_many_queries_for_many_payments_as_for_one(loaded: Kent, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    client = visitor(loaded, OFFICER)
    paid(loaded, YEAR, ())
    prepare(loaded)
    few = asked()
    for month in (5, 6, 7):
        paid(loaded, YEAR.replace(month=month), ())
    prepare(loaded, explained(loaded, why="More was paid"))
    assert asked() == few
