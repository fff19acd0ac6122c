"""The forms on the page of a month: who is shown which, what is told, and that nothing is half done."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest

from contracts.models import Event, Role
from performance.actions.explaining import answer
from performance.models import Difference, Explanation, ExplanationAnswer
from performance.reconciliation import Kind
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import AUGUST, held_against_each_other, standing
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/reconciliation/2019-08/"
WRITE = f"{HERE}explanations/"
READERS = [role for role in Role if role is not Role.ADMINISTRATOR]
COUNCIL, EDITOR, SIGNATORY = Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY
SEEN = re.compile(r'name="((?:answer-\d+-)?seen)" value="(\w+)"')
EARLIER = DEMO_MOMENT - timedelta(days=2)
EAST = "provider-only.east-kent"


@pytest.fixture
def rows(kent: Kent) -> list[Difference]:
    return held_against_each_other(kent, at=EARLIER)


def opened(kent: Kent, role: Role) -> dict[str, str]:
    """What the page's forms carry of what it showed."""
    return dict(SEEN.findall(visitor(kent, role).get(HERE).content.decode()))


def write(kent: Kent, role: Role, follow: bool = True, **fields):
    """Send the form for an explanation as the page of now has it, with some fields changed."""
    sent = {"seen": opened(kent, role).get("seen", ""), "text": "Unit seven counted a day later", "groups": [EAST]}
    return visitor(kent, role).post(WRITE, sent | fields, follow=follow)


def reply(kent: Kent, role: Role, one: Explanation, **fields):
    """Send the form for an answer in the same way."""
    name = f"answer-{one.pk}-"
    seen = opened(kent, role).get(f"{name}seen", "")
    sent = {f"{name}{field}": value for field, value in ({"seen": seen} | fields).items()}
    return visitor(kent, role).post(f"{WRITE}{one.pk}/answer/", sent, follow=True)


@pytest.mark.parametrize("role", READERS)
def test_only_the_two_sides_are_shown_the_form_and_may_send_it(kent: Kent, rows, role: Role) -> None:
    may = role in {COUNCIL, EDITOR, SIGNATORY}
    assert ("Send your explanation" in text_of(visitor(kent, role).get(HERE))) is may
    sent = write(kent, role)
    assert sent.status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN)
    assert Explanation.objects.count() == may
    if may:
        assert "Your explanation is kept. The other side can sign it now." in text_of(sent)


@pytest.mark.parametrize("role", READERS)
def test_only_the_other_side_is_shown_the_answer_and_may_send_it(kent: Kent, rows, role: Role) -> None:
    write(kent, EDITOR)
    one = Explanation.objects.get()
    may = role is COUNCIL
    page = text_of(visitor(kent, role).get(HERE))
    assert ("Send your answer" in page) is may
    answered = reply(kent, role, one, decision="sign")
    assert ExplanationAnswer.objects.count() == may
    if role in {EDITOR, SIGNATORY}:
        assert "the other side answers it" in text_of(answered) or "somebody of the other side" in text_of(answered)
    elif not may:
        assert answered.status_code == HTTPStatus.FORBIDDEN


def test_from_the_first_word_to_both_signatures(kent: Kent, rows) -> None:
    groups = [f"{kind}.{area}" for kind in ("provider-only", "council-only") for area in ("east-kent", "west-kent")]
    write(kent, EDITOR, groups=groups)
    write(kent, COUNCIL, groups=["opened-differs.east-kent", "opened-differs.west-kent"], agreed_figure="194")
    first, second = Explanation.objects.order_by("pk")
    page = text_of(visitor(kent, COUNCIL).get(HERE))
    assert "Disputed: 28 to sign" in page
    assert "Held by the council only, East Kent: 9 cases" in page
    assert "You wrote this, so somebody at NELFT answers it." in page
    assert "You signed the explanation." in text_of(reply(kent, COUNCIL, first, decision="sign"))
    done = text_of(reply(kent, SIGNATORY, second, decision="sign"))
    assert "Agreed figure: 194 , signed by KCC and NELFT on 17 October 2019" in done
    assert "Send your explanation" not in done


def test_single_cases_are_for_those_who_may_see_references(kent: Kent, rows) -> None:
    write(kent, EDITOR, groups=[], case=[rows[0].pk, rows[9].pk])
    assert set(Explanation.objects.get().explained.values_list("difference_id", flat=True)) == {rows[0].pk, rows[9].pk}
    refused = write(kent, COUNCIL, groups=[], case=[rows[1].pk])
    assert "Choose which differences you explain" in text_of(refused)
    assert Explanation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"groups": []}, "Choose which differences you explain", "explain_groups_0"),
        ({"groups": ["nothing.nowhere"]}, "The differences changed after you opened the page", "explain_groups_0"),
        ({"text": ""}, "Say why they differ", "explain_text"),
        ({"text": "a" * 1001}, "Say why in 1,000 characters or fewer", "explain_text"),
        ({"text": "NHS number 943 476 5919"}, "Take out what could point at a child (NHS number)", "explain_text"),
        ({"text": "Case EH-2019-20001 came late"}, "Take out the reference of the case", "explain_text"),
        ({"agreed_figure": "many"}, "Write the agreed figure as a whole number", "explain_agreed_figure"),
        ({"agreed_figure": "-1"}, "Write the agreed figure as a whole number", "explain_agreed_figure"),
        ({"agreed_figure": "194.5"}, "Write the agreed figure as a whole number", "explain_agreed_figure"),
        ({"agreed_figure": "9" * 20}, "The agreed figure must be 999,999 or less", "explain_agreed_figure"),
        ({"agreed_figure": "9" * 5000}, "Write the agreed figure as a whole number", "explain_agreed_figure"),
    ],
)
def test_what_is_wrong_is_told_and_leads_to_its_field(kent: Kent, rows, fields, error: str, field: str) -> None:
    answered = write(kent, EDITOR, **fields)
    page = answered.content.decode()
    assert answered.status_code == HTTPStatus.OK
    assert "There is a problem" in text_of(answered)
    assert error in text_of(answered)
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "943 476 5919" not in page.partition("<textarea")[0]
    assert not Explanation.objects.exists()
    assert not Event.objects.filter(action="difference explained").exists()


def test_what_was_written_stays_in_the_form(kent: Kent, rows) -> None:
    page = write(kent, EDITOR, agreed_figure="many", case=[rows[8].pk]).content.decode()
    assert "Unit seven counted a day later</textarea>" in page
    assert f'id="case-{rows[8].pk}" checked' in page
    assert re.search(rf'value="{EAST}"[^>]* checked', page)


def test_differences_that_changed_after_the_page_was_opened_are_told(kent: Kent, rows) -> None:
    stale = opened(kent, EDITOR)["seen"]
    Difference.objects.filter(pk=rows[0].pk).update(known_until=DEMO_MOMENT)
    answered = write(kent, EDITOR, seen=stale)
    assert "The differences changed, or somebody else wrote about them" in text_of(answered)
    assert "Unit seven counted a day later</textarea>" in answered.content.decode()
    assert not Explanation.objects.exists()
    # Sent once more from the page of now, it is kept.
    again = dict(SEEN.findall(answered.content.decode()))["seen"]
    assert again != stale
    assert "Your explanation is kept." in text_of(write(kent, EDITOR, seen=again))


def test_what_somebody_else_wrote_meanwhile_is_told(kent: Kent, rows) -> None:
    stale = opened(kent, COUNCIL)["seen"]
    write(kent, EDITOR)
    assert "somebody else wrote about them" in text_of(write(kent, COUNCIL, seen=stale))
    assert Explanation.objects.count() == 1


def test_a_month_that_agrees_by_now_takes_no_explanation(kent: Kent, rows) -> None:
    stale = opened(kent, EDITOR)["seen"]
    held_against_each_other(kent, counted={})
    assert "The differences changed" in text_of(write(kent, EDITOR, seen=stale))
    assert not Explanation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose whether you sign the explanation or send it back"),
        ({"decision": "send-back"}, "Say why you send it back"),
        ({"decision": "send-back", "reason": "Ask EH-2019-20001"}, "Take out the reference of the case"),
        ({"decision": "send-back", "reason": "a" * 501}, "at most 500 characters"),
        ({"decision": "maybe"}, "Choose whether you sign the explanation or send it back"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(kent: Kent, rows, fields, error: str) -> None:
    write(kent, EDITOR)
    one = Explanation.objects.get()
    answered = reply(kent, COUNCIL, one, **fields)
    assert error in text_of(answered)
    page = answered.content.decode()
    (target,) = set(re.findall(r'href="#(id_answer-[^"]+)"', page))
    assert f'id="{target}"' in page
    assert not ExplanationAnswer.objects.exists()


@pytest.mark.parametrize("role", [EDITOR, SIGNATORY])
def test_who_may_not_answer_is_told_so_whatever_they_send(kent: Kent, rows, role: Role) -> None:
    write(kent, EDITOR)
    told = text_of(reply(kent, role, Explanation.objects.get()))
    assert "omebody at KCC answers it." in told
    assert "There is a problem" not in told


def test_what_was_sent_back_can_be_explained_again(kent: Kent, rows) -> None:
    write(kent, EDITOR)
    answered = reply(kent, COUNCIL, Explanation.objects.get(), decision="send-back", reason="Which unit?")
    assert "The explanation is sent back, with your reason." in text_of(answered)
    assert "Disputed: 28 to explain" in text_of(answered)
    assert "Your explanation is kept." in text_of(write(kent, SIGNATORY, text="Unit eight"))


def test_the_second_to_answer_is_told_who_was_first(kent: Kent, rows) -> None:
    write(kent, EDITOR)
    one = Explanation.objects.get()
    answer(one, is_signed=True, reason="", by=standing(kent, COUNCIL), at=DEMO_MOMENT)
    told = text_of(reply(kent, COUNCIL, one, decision="send-back", reason="Which unit?"))
    assert "Alex Morgan signed it before you. Your answer was not kept." in told


def test_an_explanation_of_another_month_is_not_there(kent: Kent, rows) -> None:
    write(kent, EDITOR)
    one = Explanation.objects.get()
    client = visitor(kent, COUNCIL)
    for path in (f"{WRITE.replace('2019-08', '2019-07')}{one.pk}/answer/", f"{WRITE}{one.pk + 1}/answer/"):
        assert client.post(path).status_code == HTTPStatus.NOT_FOUND


def test_a_look_at_a_steps_address_leads_to_the_page(kent: Kent, rows) -> None:
    write(kent, EDITOR)
    one = Explanation.objects.get()
    for path in (WRITE, f"{WRITE}{one.pk}/answer/"):
        assert visitor(kent, COUNCIL).get(path).headers["Location"].startswith(HERE)


def test_each_thing_on_the_page_has_its_own_name(kent: Kent, rows) -> None:
    write(kent, EDITOR)
    write(kent, EDITOR, groups=["council-only.east-kent"])
    page = visitor(kent, COUNCIL).get(HERE).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_hostile_text_is_shown_as_text(kent: Kent, rows) -> None:
    write(kent, EDITOR, text="<script>alert(1)</script> why")
    assert "<script>alert" not in visitor(kent, COUNCIL).get(HERE).content.decode()


def test_nothing_is_offered_for_a_month_that_cannot_be_compared(kent: Kent, rows) -> None:
    counted = {(Kind.COUNCIL_ONLY, "east-kent"): 1}
    held_against_each_other(kent, AUGUST, counted)
    kent.agreement.reconciliations.filter(known_until=None).update(known_until=DEMO_MOMENT + timedelta(seconds=1))
    assert "Send your explanation" not in text_of(visitor(kent, EDITOR).get(HERE))
