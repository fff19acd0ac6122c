"""A button that is pressed twice makes one thing, one event and one mail; other words or another person make more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Model

from contracts.actions.agreed_actions import WhatWasAgreed, keep_action, record_done
from contracts.actions.handover import add_handover_item, drop_item
from contracts.actions.meetings import note_on_meeting
from contracts.actions.notice_plans import PlannedMilestone, propose_plan
from contracts.actions.notices import AskedNotice, ask_for_notice
from contracts.actions.variation_drafts import copy_variation, draft_variation, set_part
from contracts.audit import Actor
from contracts.levers.quoted import QuotedFigure
from contracts.meeting_moves import MeetingState
from contracts.models import (
    AgreedAction,
    Event,
    HandoverItem,
    MeetingNote,
    Notice,
    NoticeMail,
    NoticePlan,
    Organisation,
    Role,
    Variation,
)
from tests.decisions import meeting_in
from tests.handover import MARCH, early_help
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import S, acting, kind_of, notice_at
from tests.variations import SAID, actor, colleague, drafted, proposed, target_key, with_target

pytestmark = pytest.mark.django_db
KCC, NELFT = Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR
Make = Callable[[str, Actor], Model]
CASELOAD = QuotedFigure(
    as_at=DEMO_MOMENT,
    indicator_code="early-help-caseload",
    indicator_name="Early Help caseload",
    area_code="kent",
    area_name="Kent",
    month=date(2019, 8, 1),
    unit="count",
    value=Decimal(191),
)


@dataclass(frozen=True, slots=True)
class Doubled:
    """How a thing is made of some words by somebody, of which rows it is, and whose role makes it."""

    rows: type[Model]
    make: Callable[[Kent], Make]
    role: Role = KCC
    organisation: str = "KCC"


def plans(kent: Kent) -> Make:
    notice = notice_at(kent, S.PLAN)
    nelft = Organisation.objects.get(short_name="NELFT")
    milestones = [PlannedMilestone("Fill the posts", date(2019, 11, 1), nelft)]
    return lambda words, by: propose_plan(notice, text=words, milestones=milestones, by=by, at=DEMO_MOMENT)


def drafts(kent: Kent) -> Make:
    return lambda words, by: draft_variation(kent.agreement, said=replace(SAID, title=words), by=by, at=DEMO_MOMENT)


def actions(kent: Kent) -> Make:
    said = WhatWasAgreed("", Organisation.objects.get(short_name="NELFT"), DEMO_DAY, "A meeting", DEMO_DAY)
    return lambda words, by: keep_action(kent.agreement, replace(said, what=words), by=by, at=DEMO_MOMENT)


def notes(kent: Kent) -> Make:
    meeting = meeting_in(kent, MeetingState.HELD)
    return lambda words, by: note_on_meeting(meeting, text=words, by=by, at=DEMO_MOMENT)


def items(kent: Kent) -> Make:
    nelft = Organisation.objects.get(short_name="NELFT")
    return lambda words, by: add_handover_item(
        early_help(kent), what=words, owner=nelft, due_on=MARCH, by=by, at=DEMO_MOMENT
    )


def requests(kent: Kent) -> Make:
    asked = AskedNotice(kind_of(kent), "Early Help caseload", "", kent.agreement.elements.get(code="ehu"))
    return lambda words, by: ask_for_notice(kent.agreement, asked=replace(asked, reason=words), by=by, at=DEMO_MOMENT)


DOUBLED = {
    "plan": Doubled(NoticePlan, plans, NELFT, "NELFT"),
    "draft": Doubled(Variation, drafts),
    "action": Doubled(AgreedAction, actions),
    "note": Doubled(MeetingNote, notes),
    "item": Doubled(HandoverItem, items),
    "request": Doubled(Notice, requests),
}


def counted(rows: type[Model]) -> tuple[int, int, int]:
    return rows._default_manager.count(), Event.objects.count(), NoticeMail.objects.count()


@pytest.mark.parametrize("what", DOUBLED)
def test_a_button_that_is_pressed_twice_makes_one(kent: Kent, what: str) -> None:
    doubled = DOUBLED[what]
    make, by = doubled.make(kent), acting(kent, doubled.role)
    before = counted(doubled.rows)[0]
    first = make("As it was said", by)
    made = counted(doubled.rows)
    assert made[0] == before + 1
    assert make(" As it was said\n", by) == first
    assert counted(doubled.rows) == made
    assert make("Said otherwise", by) != first
    other = Actor.person(colleague(doubled.organisation, doubled.role))
    assert make("Said otherwise", other) != first
    rows, events, _ = counted(doubled.rows)
    assert (rows, events) == (made[0] + 2, made[1] + 2)


def test_what_was_done_meanwhile_is_not_what_is_written_down_again(kent: Kent) -> None:
    make, by = actions(kent), acting(kent, KCC)
    done = make("Report by area", by)
    assert isinstance(done, AgreedAction)
    record_done(done, on=DEMO_DAY, evidence="The report", by=by, at=DEMO_MOMENT)
    assert make("Report by area", by) != done
    put = items(kent)
    dropped = put("The open cases", by)
    assert isinstance(dropped, HandoverItem)
    drop_item(dropped, reason="Nobody needs it", by=by, at=DEMO_MOMENT)
    assert put("The open cases", by) != dropped


def test_a_draft_to_which_something_was_added_is_not_drafted_again(kent: Kent) -> None:
    first = with_target(kent, drafted(kent))
    assert drafted(kent) != first


def test_a_copy_that_is_made_twice_is_one_until_it_is_changed(kent: Kent) -> None:
    original, by = proposed(kent), actor(kent)
    copy = copy_variation(original, by=by, at=DEMO_MOMENT)
    events = Event.objects.count()
    assert copy_variation(original, by=by, at=DEMO_MOMENT) == copy
    assert Event.objects.count() == events
    assert copy.parts.count() == 1
    set_part(copy, subject="target", thing=target_key(), values={"value": "99", "floor": None}, by=by, at=DEMO_MOMENT)
    assert copy_variation(original, by=by, at=DEMO_MOMENT) != copy


def test_a_request_with_other_figures_is_another(kent: Kent) -> None:
    asked = AskedNotice(kind_of(kent), "Early Help caseload", "Low", kent.agreement.elements.get(code="ehu"))

    def ask(*evidence: QuotedFigure) -> Notice:
        return ask_for_notice(kent.agreement, asked=asked, evidence=evidence, by=acting(kent, KCC), at=DEMO_MOMENT)

    first = ask(CASELOAD)
    assert ask(CASELOAD) == first
    assert ask(replace(CASELOAD, value=Decimal("190.5"))) != first
    assert ask() != first
