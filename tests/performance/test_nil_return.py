"""A nil return is a statement: nought for every number asked, with a reason, and a version like any other."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.test import Client

from contracts.audit import Actor
from contracts.models import Event, Role
from performance.blank_return import blank_return
from performance.form import Sheet
from performance.models import Line, Outcome, State, Upload, Version
from performance.workbook.blank import rows_asked
from tests.hostile_files.build import workbook_with
from tests.kent import Kent
from tests.signing import DECLARED, signed_off
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2019, 8, 1), date(2019, 9, 1)
NIL = f"{RETURNS}2019-09/nil/"
BECAUSE = "The service was closed for the whole month"
NHS_NUMBER = "943 476 5919"


@pytest.fixture
def editor(loaded: Kent) -> Client:
    return visitor(loaded, Role.PROVIDER_EDITOR)


@pytest.fixture
def signatory(loaded: Kent) -> Client:
    return visitor(loaded, Role.PROVIDER_SIGNATORY)


def state_nil(client: Client, path: str = NIL, **fields: str):
    """Send the form; the answer is the page that it leads to."""
    return client.post(path, {"because": BECAUSE, "statement": "on"} | fields, follow=True)


def stated() -> Version:
    return Version.objects.get(of_return__month=SEPTEMBER)


def test_it_becomes_a_draft_that_states_nought_for_every_number_asked(loaded: Kent, editor: Client) -> None:
    answer = state_nil(editor)
    version = stated()
    assert answer.redirect_chain == [(address(version), HTTPStatus.FOUND)]
    assert (version.state, version.nil_because, version.why) == (State.DRAFT, BECAUSE, "")
    form = blank_return(loaded.agreement, SEPTEMBER, is_exact=True).form
    asked = {
        (slot.measure.key, slot.area.code)
        for sheet in Sheet
        for row in rows_asked(sheet, form)
        for slot in row.slots.values()
    }
    lines = Line.objects.filter(version=version)
    assert {*lines.values_list("measure_id", "area__code")} == asked
    assert {*lines.values_list("value", "not_reported_because")} == {(Decimal(0), "")}
    assert {*lines.exclude(measure__sheet=Sheet.EQUALITY).values_list("comment", flat=True)} == {BECAUSE}
    assert "September 2019, version 1 is a nil return, ready to be signed off." in text_of(answer)


def test_its_file_is_kept_and_read_like_any_other(editor: Client) -> None:
    state_nil(editor)
    upload = stated().upload
    assert (upload.outcome, upload.file_name) == (Outcome.VERSION, "nelft-return-2019-09-nil.csv")
    assert stated().prepared_by == upload.uploaded_by_name == "Sam Ellis"
    assert stated().prepared_on == date(2019, 10, 17)
    # Only warnings: what fell to nought, and what is reported for the first time.
    assert {finding["level"] for finding in upload.findings} == {"warning"}
    assert {finding["code"] for finding in upload.findings} == {"change", "newly-reported", "usual-range"}
    # Handed in as a file it is the same file again.
    assert "Nothing has changed since version 1" in text_of(
        hand_in(editor, bytes(upload.content or b""), "nil.csv", cases=None)
    )


def test_it_is_recorded_once_with_its_reason(editor: Client) -> None:
    before = Event.objects.count()
    state_nil(editor)
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert event.after is not None
    assert (event.action, event.after["nil_because"]) == ("nil return stated", BECAUSE)


def test_it_is_signed_off_accepted_and_shown_as_a_nil_return(loaded: Kent, editor: Client, signatory: Client) -> None:
    state_nil(editor)
    version = stated()
    # Its statement is the reason for whatever is unusual about it.
    signatory.post(address(version, "sign-off/"), DECLARED)
    commissioner = visitor(loaded, Role.COORDINATING_COMMISSIONER)
    said = text_of(commissioner.get(address(version)))
    assert "NELFT states that there was nothing to report for September 2019" in said
    assert f"First return for September 2019 Nil return: {BECAUSE}" in said
    assert "Nil return stated" in said
    commissioner.post(address(version, "decision/"), {"decision": "accept"})
    assert stated().state == State.ACCEPTED


def test_any_other_version_is_not_called_a_nil_return(editor: Client) -> None:
    assert "il return:" not in text_of(editor.get(f"{RETURNS}2019-08/versions/1/"))


def test_the_page_says_what_it_states_and_what_was_not_reported_before(editor: Client) -> None:
    said = text_of(editor.get(NIL))
    assert "A return that is missing is not a nil return, and is never counted as zero." in said
    assert "all 133 numbers asked for are 0" in said
    assert "The last accepted return, for August 2019, had" in said
    assert "It gave a reason in place of these. A nil return states 0 for them too" in said
    assert "Harmful Sexual Behaviour / Post Sexual Abuse, caseload at month end" in said


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"because": " "}, "Say why there was nothing to report"),
        ({"statement": ""}, "Tick the statement, or fill in a return"),
        ({"because": f"See {NHS_NUMBER}"}, "Take out what could point at a child (NHS number)"),
        ({"because": "x" * 501}, "at most 500 characters"),
    ],
)
def test_it_takes_a_reason_and_the_statement(editor: Client, fields: dict[str, str], problem: str) -> None:
    before = Upload.objects.count()
    answer = state_nil(editor, **fields)
    assert answer.status_code == HTTPStatus.OK
    assert problem in text_of(answer)
    assert "Error: Nil return for September 2019" in text_of(answer)
    assert (Upload.objects.count(), Version.objects.filter(of_return__month=SEPTEMBER).count()) == (before, 0)


def test_a_reason_like_a_formula_is_kept_as_it_was_given(editor: Client) -> None:
    state_nil(editor, because='=closed,\n"for" repairs')
    version = stated()
    assert version.nil_because == '=closed, "for" repairs'
    assert {*version.lines.exclude(comment="").values_list("comment", flat=True)} == {'=closed, "for" repairs'}
    assert b"'=closed" in bytes(version.upload.content or b"")


def test_it_takes_the_place_of_a_draft_and_says_so(editor: Client) -> None:
    hand_in(editor, workbook_with(month=SEPTEMBER))
    assert "Version 1, which is not signed off, gives way to the nil return." in text_of(editor.get(NIL))
    state_nil(editor)
    states = Version.objects.filter(of_return__month=SEPTEMBER).order_by("number").values_list("state", flat=True)
    assert list(states) == [State.WITHDRAWN, State.DRAFT]


def test_it_cannot_be_stated_while_a_version_waits_for_acceptance(loaded: Kent, editor: Client) -> None:
    hand_in(editor, workbook_with(month=SEPTEMBER))
    signed_off(stated(), Actor.person(loaded.people[Role.PROVIDER_SIGNATORY]))
    assert stated().state == State.SUBMITTED
    answer = state_nil(editor)
    assert "Version 1 is signed off and waits for acceptance." in text_of(answer)
    assert stated().nil_because == ""


def test_it_cannot_be_stated_of_a_month_that_has_not_ended(editor: Client) -> None:
    answer = state_nil(editor, f"{RETURNS}2019-10/nil/")
    assert "October 2019 has not ended" in text_of(answer)
    assert Version.objects.filter(of_return__month=date(2019, 10, 1)).count() == 0


def test_a_correction_says_why(editor: Client) -> None:
    path = f"{RETURNS}2019-08/nil/"
    assert "Say why the nil return corrects the earlier version" in text_of(state_nil(editor, path))
    state_nil(editor, path, why="The figures were of another service")
    version = Version.objects.get(of_return__month=AUGUST, number=2)
    assert (version.why, version.nil_because) == ("The figures were of another service", BECAUSE)
    assert f"The figures were of another service Nil return: {BECAUSE}" in text_of(editor.get(address(version)))
