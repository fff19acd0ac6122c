"""Two people at one draft or record: what the one did not see is neither overwritten nor signed."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from django.test import Client

from contracts.actions.decisions import edit_decision
from contracts.actions.variation_drafts import edit_variation, set_part
from contracts.models import Event, RecordOfDecision, Role, Variation
from contracts.variations.moves import VariationState
from tests import decisions
from tests.decisions import PARTS, alex
from tests.kent import DEMO_MOMENT, Kent
from tests.variations import DRAFTED_AT, SAID, actor, drafted, proposed, target_key, with_target
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
KCC = Role.COUNCIL_COMMISSIONER


def sent_from(answer, **typed: object) -> dict[str, object]:
    """What a page's form would send: what it shows, and what somebody typed over it."""
    form = answer.context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    for name in [name for name, value in sent.items() if hasattr(value, "year")]:
        day = sent.pop(name)
        sent |= {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}
    return sent | typed


def two_tabs(kent: Kent, path: str):
    """The same form, opened twice by people of one side."""
    client: Client = visitor(kent, KCC)
    return client, client.get(path), client.get(path)


def test_an_older_page_of_a_draft_overwrites_nothing(kent: Kent) -> None:
    draft = drafted(kent)
    path = f"{HERE}variations/{draft.number}/draft/"
    client, first, second = two_tabs(kent, path)
    assert client.post(path, sent_from(first, reason="A reason of three pages")).status_code == HTTPStatus.FOUND
    events = Event.objects.count()
    late = client.post(path, sent_from(second, title="A better title", in_force_from_year=2020))
    assert late.status_code == HTTPStatus.OK
    page = text_of(late)
    assert "Somebody changed V1 after you opened this page, so nothing of yours was saved." in page
    for said in ("“A reason of three pages”", "“A lower caseload”", "It says now: 1 November 2019"):
        assert said in page
    draft.refresh_from_db()
    assert (draft.title, draft.reason) == (SAID.title, "A reason of three pages")
    assert Event.objects.count() == events
    # Who was told what is saved now may put theirs in its place.
    again = {name: value for name, value in late.context["form"].data.items() if name != "csrfmiddlewaretoken"}
    assert client.post(path, again | {"reason": "A reason of three pages"}).status_code == HTTPStatus.FOUND
    draft.refresh_from_db()
    assert (draft.title, draft.reason) == ("A better title", "A reason of three pages")


def test_an_older_page_of_a_record_of_decision_overwrites_nothing(kent: Kent) -> None:
    record = decisions.proposed(kent)
    path = f"{HERE}decisions/{record.pk}/edit/"
    client, first, second = two_tabs(kent, path)
    assert client.post(path, sent_from(first, reasons="Three pages of reasons")).status_code == HTTPStatus.FOUND
    late = client.post(path, sent_from(second, legal_implications="None known"))
    assert late.status_code == HTTPStatus.OK
    page = text_of(late)
    assert "Somebody changed decision 19/00100 after you opened this page" in page
    assert "It says now: “Three pages of reasons”" in page
    assert "It says now: nothing" in page
    record.refresh_from_db()
    assert (record.reasons, record.legal_implications) == ("Three pages of reasons", "")
    sent = dict(late.context["form"].data) | {"reasons": "Three pages of reasons"}
    assert client.post(path, sent).status_code == HTTPStatus.FOUND
    record.refresh_from_db()
    assert (record.reasons, record.legal_implications) == ("Three pages of reasons", "None known")


def test_a_page_that_was_never_opened_saves_nothing(kent: Kent) -> None:
    record = decisions.proposed(kent)
    answer = visitor(kent, KCC).post(f"{HERE}decisions/{record.pk}/edit/", PARTS | {"subject": "Another"})
    assert answer.status_code == HTTPStatus.OK
    assert RecordOfDecision.objects.get(pk=record.pk).subject == PARTS["subject"]


@pytest.mark.parametrize("what", ["target", "day"])
def test_what_the_proposer_did_not_see_is_not_signed(kent: Kent, what: str) -> None:
    draft = with_target(kent, drafted(kent), "180")
    client = visitor(kent, KCC)
    path = f"{HERE}variations/{draft.number}/"
    seen = client.get(path).context["seen"]
    if what == "target":
        values = {"value": "10", "floor": None}
        set_part(draft, subject="target", thing=target_key(), values=values, by=actor(kent), at=DRAFTED_AT)
    else:
        edit_variation(draft, said=replace(SAID, title="Something else"), by=actor(kent), at=DRAFTED_AT)
    late = client.post(f"{path}proposal/", {"declaration": "on", "seen": seen})
    assert "Somebody changed V1 after you opened this page, so nothing was proposed." in text_of(late)
    draft.refresh_from_db()
    assert (draft.state, draft.signatures.count()) == (VariationState.DRAFT, 0)
    # The page that came back shows the draft as it is, and is signed.
    assert late.context["seen"] != seen
    sent = {"declaration": "on", "seen": late.context["seen"]}
    assert client.post(f"{path}proposal/", sent).status_code == HTTPStatus.FOUND
    draft.refresh_from_db()
    assert draft.state == VariationState.PROPOSED


def test_an_older_page_of_a_change_overwrites_nothing(kent: Kent) -> None:
    draft = drafted(kent)
    path = f"{HERE}variations/{draft.number}/change/?what=target:{target_key()}"
    client, first, second = two_tabs(kent, path)
    assert client.post(path, sent_from(first, value="280")).status_code == HTTPStatus.FOUND
    # The same once more is the same, and says so nowhere.
    events = Event.objects.count()
    assert client.post(path, sent_from(second, value="280")).status_code == HTTPStatus.FOUND
    assert Event.objects.count() == events
    late = client.post(path, sent_from(second, value="250"))
    assert late.status_code == HTTPStatus.OK
    assert "Somebody changed V1 after you opened this page" in text_of(late)
    assert "It says now: “280”" in text_of(late)
    assert draft.parts.get().values == {"value": "280", "floor": "240"}
    sent = dict(late.context["form"].data)
    assert client.post(path, sent).status_code == HTTPStatus.FOUND
    assert draft.parts.get().values == {"value": "250", "floor": "240"}


def test_a_refused_step_shows_the_page_as_it_is_with_what_was_typed(kent: Kent) -> None:
    variation = proposed(kent)
    client = visitor(kent, Role.COORDINATING_COMMISSIONER)
    path = f"{HERE}variations/{variation.number}/"
    client.post(f"{path}refusal/", {"reason": "Too low"})
    late = client.post(f"{path}refusal/", {"reason": "Still too low"})
    assert late.status_code == HTTPStatus.OK
    assert "Declined" in text_of(late)
    assert Variation.objects.get(pk=variation.pk).moves.filter(to_state="declined").count() == 1


def test_who_edits_without_a_page_is_not_asked_what_they_saw(kent: Kent) -> None:
    record = decisions.proposed(kent)
    edited = edit_decision(record, parts=PARTS | {"subject": "Another"}, by=alex(kent), at=DEMO_MOMENT)
    assert edited.subject == "Another"
