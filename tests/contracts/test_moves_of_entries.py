"""What is said of a notice by every role, at every stage: acknowledged, answered, noted."""

from functools import partial

import pytest
from django.http import Http404

from contracts.access import standing_or_404
from contracts.actions.notice_entries import acknowledge_notice, answer_notice, note_on_notice
from contracts.audit import CONSOLE
from contracts.levers.ladder import NoticeStage
from contracts.models import EntryKind, Notice, Role
from contracts.notice_pages.detail import notice_page
from contracts.notice_pages.held import notice_in_full
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import acting, notice_at, one_move
from tests.trying import Step, is_taken, pairs, taken_by

pytestmark = pytest.mark.django_db
S = NoticeStage
KCC, CCG = Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER
NELFT = {Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY}
SAID = {"answered": NELFT, "noted": NELFT | {KCC, CCG}}
# Who says what, by whether the notice is acknowledged, while something is to be done about it.
MAY: dict[str, dict[str, set[Role]]] = {
    "not acknowledged": SAID | {"acknowledged": NELFT},
    "acknowledged": SAID,
}
NOT_SERVED = (S.ASKED, S.TAKEN_BACK, S.DECLINED)
RUNNING = (
    S.MEETING,
    S.ACTION,
    S.INVESTIGATION,
    S.PLAN,
    S.MONITORED,
    S.BREACHED,
    S.EXCEPTION_REPORT,
    S.WITHHOLDING,
)
ENDED = (S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)
# What was not served is not acknowledged.
PLACES = [*((stage, "not acknowledged") for stage in S), *((stage, "acknowledged") for stage in (*RUNNING, *ENDED))]


def notice_as(kent: Kent, stage: NoticeStage, stands: str) -> Notice:
    """A notice in a stage; acknowledged, where it is, while it was running."""
    if stands == "not acknowledged":
        return notice_at(kent, stage)
    notice = notice_at(kent, S.WITHHOLDING if stage in ENDED else stage)
    acknowledge_notice(notice, by=acting(kent, Role.PROVIDER_EDITOR), at=DEMO_MOMENT)
    return one_move(kent, notice, stage) if stage in ENDED else notice


def steps_of(notice: Notice) -> dict[str, Step]:
    """Everything that a person may try to say."""
    return {
        "acknowledged": lambda by: acknowledge_notice(notice, text="Seen", by=by, at=DEMO_MOMENT),
        "answered": lambda by: answer_notice(notice, text="Two posts are empty", by=by, at=DEMO_MOMENT),
        "noted": lambda by: note_on_notice(notice, text="Told by telephone", by=by, at=DEMO_MOMENT),
    }


def offered_to(kent: Kent, notice: Notice, role: Role) -> set[tuple[str, Role]]:
    """What the page of the notice asks the demo's person in a role for; nothing of who may not open it."""
    try:
        standing = standing_or_404(kent.people[role], kent.agreement.reference)
        shown = notice_page(notice_in_full(standing, notice.pk), standing, DEMO_DAY)
    except Http404:
        return set()
    forms = {"acknowledged": shown.acknowledgement_form, "noted": shown.record_form}
    return {(step, role) for step, form in forms.items() if form is not None}


def test_every_stage_and_every_kind_of_entry_is_in_the_tables() -> None:
    assert {*NOT_SERVED, *RUNNING, *ENDED} == set(S)
    assert {step for row in MAY.values() for step in row} == {"acknowledged", "answered", "noted"}
    assert len(EntryKind) == len(MAY["not acknowledged"])


@pytest.mark.parametrize(("stage", "stands"), PLACES)
def test_everything_said_by_every_role(agreed: Kent, stage: NoticeStage, stands: str) -> None:
    notice = notice_as(agreed, stage, stands)
    assert notice.stage == stage
    may = pairs(MAY[stands]) if stage in RUNNING else set()
    steps = steps_of(notice)
    assert taken_by(agreed, steps) == may
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())


@pytest.mark.parametrize("stage", [S.ASKED, S.MEETING, S.RESOLVED])
def test_the_page_asks_for_what_may_be_said(agreed: Kent, stage: NoticeStage) -> None:
    for stands in MAY if stage == S.MEETING else ["not acknowledged"]:
        notice = notice_as(agreed, stage, stands)
        may = pairs(MAY[stands]) if stage in RUNNING else set()
        # One form is for both: what the provider writes there is an answer.
        offered = {one for role in Role for one in offered_to(agreed, notice, role)}
        assert offered == {(step, role) for step, role in may if step != "answered"}
