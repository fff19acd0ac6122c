"""Every text that an action keeps is judged before it is kept: blank, too long or with a NUL, it is plainly refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from contracts.actions.agreed_actions import WhatWasAgreed, drop_action, keep_action, open_again, record_done
from contracts.actions.decisions import add_discussion, propose_decision, record_taken, withdraw_decision
from contracts.actions.meetings import (
    WhenAndWhere,
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
    note_on_meeting,
)
from contracts.actions.refusals import Refused
from contracts.actions.variation_drafts import draft_variation, set_part
from contracts.actions.variations import decline_variation, withdraw_variation
from contracts.models import Event, Organisation
from tests.decisions import PARTS, alex, called
from tests.decisions import agreed as an_action
from tests.decisions import proposed as a_decision
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.variations import CCG, SAID, actor, drafted, proposed, target_key

pytestmark = pytest.mark.django_db
Step = Callable[[Kent, str], object]
AT = DEMO_MOMENT
TOMORROW = date(2019, 10, 18)


def an_item(kent: Kent, **said: str) -> object:
    agreed = WhatWasAgreed("Do it", Organisation.objects.get(short_name="NELFT"), DEMO_DAY, "A meeting", DEMO_DAY)
    return keep_action(kent.agreement, replace(agreed, **said), by=alex(kent), at=AT)  # type: ignore[arg-type]  # texts


def held_note(kent: Kent, text: str) -> object:
    held = hold_meeting(called(kent), agenda=(), by=alex(kent), at=AT)
    return note_on_meeting(held, text=text, by=alex(kent), at=AT)


def done_again(kent: Kent, text: str) -> object:
    done = record_done(an_action(kent), on=DEMO_DAY, evidence="It", by=alex(kent), at=AT)
    return open_again(done, reason=text, by=alex(kent), at=AT)


def part(column: str) -> Step:
    return lambda kent, text: propose_decision(kent.agreement, parts=PARTS | {column: text}, by=alex(kent), at=AT)


def said(column: str) -> Step:
    return lambda kent, text: draft_variation(
        kent.agreement,
        said=replace(SAID, **{column: text}),  # type: ignore[arg-type]  # texts
        by=actor(kent),
        at=AT,
    )


# Each text that somebody writes: how it is written, the most that is kept, whether it may be left out.
TEXTS: dict[str, tuple[Step, int, bool]] = {
    "decision number": (part("number"), 20, False),
    "decision subject": (part("subject"), 240, False),
    "decision taker": (part("taker"), 200, False),
    "decision text": (part("decision"), 10_000, False),
    "decision restriction": (part("restriction"), 80, True),
    "decision reasons": (part("reasons"), 10_000, True),
    "decision source": (part("source"), 120, True),
    "decision withdrawn": (
        lambda kent, text: withdraw_decision(a_decision(kent), reason=text, by=alex(kent), at=AT),
        10_000,
        False,
    ),
    "discussion": (
        lambda kent, text: add_discussion(a_decision(kent), body=text, held_on=DEMO_DAY, by=alex(kent), at=AT),
        160,
        False,
    ),
    "outcome": (
        lambda kent, text: add_discussion(
            record_taken(a_decision(kent), on=DEMO_DAY, by=alex(kent), at=AT),
            body="Cabinet",
            held_on=DEMO_DAY,
            outcome=text,
            by=alex(kent),
            at=AT,
        ),
        500,
        True,
    ),
    "meeting": (
        lambda kent, text: call_meeting(kent.agreement, title=text, meets=WhenAndWhere(DEMO_DAY), by=alex(kent), at=AT),
        160,
        False,
    ),
    "place": (
        lambda kent, text: call_meeting(
            kent.agreement, title="Review", meets=WhenAndWhere(DEMO_DAY, place=text), by=alex(kent), at=AT
        ),
        160,
        True,
    ),
    "new place": (
        lambda kent, text: move_meeting(
            called(kent), meets=WhenAndWhere(TOMORROW, place=text), reason="So", by=alex(kent), at=AT
        ),
        160,
        True,
    ),
    "meeting moved": (
        lambda kent, text: move_meeting(called(kent), meets=WhenAndWhere(TOMORROW), reason=text, by=alex(kent), at=AT),
        10_000,
        False,
    ),
    "meeting cancelled": (
        lambda kent, text: cancel_meeting(called(kent), reason=text, by=alex(kent), at=AT),
        10_000,
        False,
    ),
    "note": (held_note, 10_000, False),
    "action": (lambda kent, text: an_item(kent, what=text), 500, False),
    "agreed at": (lambda kent, text: an_item(kent, agreed_at=text), 200, False),
    "owner’s person": (lambda kent, text: an_item(kent, owner_person=text), 200, True),
    "action’s source": (lambda kent, text: an_item(kent, source=text), 120, True),
    "action done": (
        lambda kent, text: record_done(an_action(kent), on=DEMO_DAY, evidence=text, by=alex(kent), at=AT),
        10_000,
        False,
    ),
    "action dropped": (
        lambda kent, text: drop_action(an_action(kent), reason=text, by=alex(kent), at=AT),
        10_000,
        False,
    ),
    "action open again": (done_again, 10_000, False),
    "variation title": (said("title"), 120, False),
    "variation reason": (said("reason"), 2000, False),
    "notice reference": (said("notice_reference"), 120, True),
    "variation declined": (
        lambda kent, text: decline_variation(proposed(kent), reason=text, by=actor(kent, CCG), at=AT),
        2000,
        False,
    ),
    "variation withdrawn": (
        lambda kent, text: withdraw_variation(proposed(kent), reason=text, by=actor(kent), at=AT),
        2000,
        False,
    ),
}


def refused(kent: Kent, step: Step, text: str) -> str:
    """The sentence that a text is refused with; nothing of what led there stays."""
    with pytest.raises(Refused) as why, transaction.atomic():
        step(kent, text)
    return str(why.value)


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_cannot_be_kept_is_plainly_refused(kent: Kent, what: str) -> None:
    step, longest, may_be_left_out = TEXTS[what]
    assert f"has {longest + 1:,} characters; at most {longest:,}" in refused(kent, step, "x" * (longest + 1))
    assert "a character that cannot be kept" in refused(kent, step, "a\0b")
    if may_be_left_out:
        step(kent, " \n ")
    else:
        assert "is missing" in refused(kent, step, " \n ")


@pytest.mark.parametrize("what", TEXTS)
def test_the_longest_text_is_kept_without_the_blanks_around_it(kent: Kent, what: str) -> None:
    step, longest, _ = TEXTS[what]
    events = Event.objects.count()
    step(kent, f"  {'x' * longest}\n")
    assert Event.objects.count() > events


def test_a_new_term_with_a_nul_is_refused(kent: Kent) -> None:
    with pytest.raises(Refused, match="a character that cannot be kept"):
        set_part(
            drafted(kent),
            subject="target",
            thing=target_key(),
            values={"value": "1\0", "floor": None},
            by=actor(kent),
            at=AT,
        )
