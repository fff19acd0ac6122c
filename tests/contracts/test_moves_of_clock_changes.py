"""Every step of an extension or a pause by every role: in each state of the change, whichever side proposed it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.http import Http404

from contracts.access import standing_or_404
from contracts.actions.clock_changes import (
    ProposedChange,
    agree_clock_change,
    propose_clock_change,
    refuse_clock_change,
    take_back_clock_change,
)
from contracts.audit import CONSOLE, Actor
from contracts.levers.ladder import NoticeStage
from contracts.models import ClockChange, ClockChangeKind, Membership, NoticeClock, Organisation, Role
from contracts.notice_pages.detail import notice_page
from contracts.notice_pages.held import notice_in_full
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import acting, moved, served_notice
from tests.trying import Step, is_taken, pairs, taken_by
from tests.variations import colleague

pytestmark = pytest.mark.django_db
CCG, EDITOR, SIGNATORY = Role.COORDINATING_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY
NELFT = {EDITOR, SIGNATORY}
CHANGES = {
    "extension": ProposedChange(ClockChangeKind.EXTENSION, "The trust’s director is away", extra=5),
    "pause": ProposedChange(
        ClockChangeKind.PAUSE, "Schools are closed", paused_from=date(2019, 10, 21), paused_until=date(2019, 10, 26)
    ),
}
# Who takes which step, by how the change stands.
MAY: dict[str, dict[str, set[Role]]] = {
    "nothing proposed": {"propose": NELFT | {CCG}},
    "proposed by NELFT": {"agree": {CCG}, "refuse": {CCG}, "take back": NELFT},
    "proposed by the CCG": {"agree": NELFT, "refuse": NELFT, "take back": {CCG}},
    "agreed": {"propose": NELFT | {CCG}},
    "refused": {"propose": NELFT | {CCG}},
    "taken back": {"propose": NELFT | {CCG}},
    "the clock ended": {},
}
ENDINGS: dict[str, tuple[Callable[..., object], Role]] = {
    "agreed": (agree_clock_change, CCG),
    "refused": (refuse_clock_change, CCG),
    "taken back": (take_back_clock_change, EDITOR),
}


def clock_of(kent: Kent) -> NoticeClock:
    """The ten Operational Days for a meeting, which end after the demo's day."""
    return served_notice(kent, on=date(2019, 10, 8)).clocks.get()


def change_as(kent: Kent, clock: NoticeClock, stands: str, proposed: ProposedChange) -> ClockChange | None:
    """A change of the clock as it stands in the table; None where nothing is proposed."""
    if stands == "nothing proposed":
        return None
    by = acting(kent, CCG if stands == "proposed by the CCG" else EDITOR)
    change = propose_clock_change(clock, proposed=proposed, by=by, at=DEMO_MOMENT)
    if stands in ENDINGS:
        end, role = ENDINGS[stands]
        end(change, by=acting(kent, role), at=DEMO_MOMENT)
    if stands == "the clock ended":
        moved(kent, clock.notice, NoticeStage.PLAN, on=DEMO_DAY)
    return change


def steps_of(clock: NoticeClock, change: ClockChange | None, proposed: ProposedChange) -> dict[str, Step]:
    """Every step that a person may try: to propose, and where something was proposed to answer it."""
    steps: dict[str, Step] = {
        "propose": lambda by: propose_clock_change(clock, proposed=proposed, by=by, at=DEMO_MOMENT)
    }
    if change:
        steps["agree"] = lambda by: agree_clock_change(change, by=by, at=DEMO_MOMENT)
        steps["refuse"] = lambda by: refuse_clock_change(change, reason="Enough", by=by, at=DEMO_MOMENT)
        steps["take back"] = lambda by: take_back_clock_change(change, by=by, at=DEMO_MOMENT)
    return steps


def offered_to(kent: Kent, clock: NoticeClock, role: Role) -> set[tuple[str, Role]]:
    """What the page of the notice offers to the demo's person in a role; nothing to who may not open it."""
    try:
        standing = standing_or_404(kent.people[role], kent.agreement.reference)
        shown = notice_page(notice_in_full(standing, clock.notice_id), standing, DEMO_DAY).steps
    except Http404:
        return set()
    answers = {"agree", "refuse"} if shown.may_answer_proposal else set()
    answers |= {"take back"} if shown.may_take_proposal_back else set()
    return {(step, role) for step in answers | ({"propose"} if shown.clock_links else set())}


@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("stands", MAY)
def test_every_step_by_every_role_however_the_change_stands(agreed: Kent, stands: str, kind: str) -> None:
    clock, proposed = clock_of(agreed), CHANGES[kind]
    change = change_as(agreed, clock, stands, proposed)
    # The same days once more would move nothing.
    again = CHANGES["extension"] if stands == "agreed" else proposed
    steps = steps_of(clock, change, again)
    assert taken_by(agreed, steps) == pairs(MAY[stands])
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())


@pytest.mark.parametrize("stands", ["nothing proposed", "proposed by NELFT", "proposed by the CCG", "refused"])
def test_the_page_offers_what_may_be_done(agreed: Kent, stands: str) -> None:
    clock = clock_of(agreed)
    change_as(agreed, clock, stands, CHANGES["extension"])
    assert {one for role in Role for one in offered_to(agreed, clock, role)} == pairs(MAY[stands])


@pytest.mark.parametrize("end", ENDINGS)
@pytest.mark.parametrize("kind", CHANGES)
def test_only_what_is_agreed_moves_the_clock(agreed: Kent, end: str, kind: str) -> None:
    clock = clock_of(agreed)
    assert clock.due_on == date(2019, 10, 22)
    change_as(agreed, clock, end, CHANGES[kind])
    clock.refresh_from_db()
    assert clock.due_on == date(2019, 10, 29 if end == "agreed" else 22)


def test_a_colleague_of_the_proposer_takes_back_and_does_not_answer(agreed: Kent) -> None:
    clock = clock_of(agreed)
    change = change_as(agreed, clock, "proposed by the CCG", CHANGES["extension"])
    by = Actor.person(colleague("West Kent CCG", CCG))
    steps = steps_of(clock, change, CHANGES["extension"])
    assert {name for name, step in steps.items() if is_taken(partial(step, by))} == {"take back"}


@pytest.mark.parametrize("proposer", [EDITOR, SIGNATORY])
def test_who_works_for_both_sides_does_not_answer_what_one_of_them_proposed(agreed: Kent, proposer: Role) -> None:
    clock, sam = clock_of(agreed), agreed.people[EDITOR]
    proposed = CHANGES["extension"]
    change = propose_clock_change(clock, proposed=proposed, by=acting(agreed, proposer), at=DEMO_MOMENT)
    west_kent = Organisation.objects.get(short_name="West Kent CCG")
    Membership.objects.create(user=sam, organisation=west_kent, role=CCG)
    steps = steps_of(clock, change, proposed)
    assert {name for name, step in steps.items() if is_taken(partial(step, Actor.person(sam)))} == {"take back"}
