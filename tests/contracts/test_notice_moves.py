"""Every move of a notice by every role from every stage, for the kinds of the demo and for one with few stages.

The moves of a kind that has every stage are those of the table itself; those of the others are written out here.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from contracts.access import ROLE_PERMISSIONS
from contracts.actions.notice_moving import move_notice
from contracts.actions.notice_plans import agree_plan
from contracts.actions.notices import decline_notice, serve_notice, take_back_notice
from contracts.actions.refusals import Refused
from contracts.levers.ladder import BEFORE_SERVICE, ENDS, MOVES, STEPS, NoticeStage, next_moves
from contracts.levers.who_may import moves_for
from contracts.models import Event, Notice, NoticeKind, NoticeMove, NoticeStep, Role, WithholdingTerm
from contracts.models.notices import STOPPED_OR_RAISED
from contracts.permissions import Permission
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import AQN, ASKED_ON, CPN, IBN, acting, asked_notice, moment_of, notice_at, proposed_plan

pytestmark = pytest.mark.django_db
S = NoticeStage
FEW = "quality-letter"
ASKED = {S.TAKEN_BACK, S.DECLINED}
STOPS = {S.WITHDRAWN}
# Where each kind leads, stage by stage.
WAYS: dict[str, dict[NoticeStage, set[NoticeStage]]] = {
    CPN: {stage: {to for before, to in MOVES if before is stage} for stage in NoticeStage},
    AQN: {
        S.ASKED: ASKED | {S.MEETING},
        S.MEETING: STOPS | {S.INVESTIGATION, S.PLAN},
        S.INVESTIGATION: STOPS | {S.PLAN},
        S.PLAN: STOPS | {S.MONITORED},
        # No stage is left that a breach could lead to.
        S.MONITORED: STOPS | {S.RESOLVED, S.UNRESOLVED},
    },
    IBN: {
        S.ASKED: ASKED | {S.ACTION},
        S.ACTION: STOPS | {S.RESOLVED, S.WITHHOLDING},
        S.WITHHOLDING: STOPS | {S.RESOLVED, S.UNRESOLVED},
    },
    FEW: {
        S.ASKED: ASKED | {S.MONITORED},
        S.MONITORED: STOPS | {S.RESOLVED, S.EXCEPTION_REPORT},
        # It is put right or withdrawn: while a stage is left, passing over others ends nothing.
        S.EXCEPTION_REPORT: STOPS | {S.MONITORED},
    },
}
PLANNED = (S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)


def stages_of(code: str) -> list[NoticeStage]:
    """The stages that a notice of the kind comes to."""
    led_to = {to for ends in WAYS[code].values() for to in ends}
    return [stage for stage in NoticeStage if stage is S.ASKED or stage in led_to]


@pytest.fixture
def few(agreed: Kent) -> Iterator[None]:
    """A kind of notice of two stages, as an administrator adds one."""
    kind = NoticeKind.objects.create(agreement=agreed.agreement, code=FEW, name="Quality letter", abbreviation="QL")
    for stage in (S.MONITORED, S.EXCEPTION_REPORT):
        NoticeStep.objects.create(kind=kind, stage=stage, name=str(stage.label), who_acts="provider")
    yield
    assert not WithholdingTerm.objects.filter(kind=kind).exists()


def at_stage(kent: Kent, code: str, stage: NoticeStage) -> Notice:
    """A notice of the kind in the stage; after a breach with a plan that was agreed, where the kind has plans."""
    has_plan = code == CPN and stage in PLANNED
    return notice_at(kent, stage, code, by_way_of=S.MONITORED if has_plan else None)


def attempt(kent: Kent, notice: Notice, to: NoticeStage, role: Role, reason: str = "Said") -> None:
    """Try to bring the notice to `to`, by the action that does it."""
    by = acting(kent, role)
    if to is S.TAKEN_BACK:
        take_back_notice(notice, by=by, at=DEMO_MOMENT)
    elif to is S.DECLINED:
        decline_notice(notice, reason=reason, by=by, at=DEMO_MOMENT)
    elif notice.stage == S.ASKED and to in STEPS:
        serve_notice(notice, served_on=ASKED_ON, by=by, at=DEMO_MOMENT, to=to)
    elif notice.stage == S.PLAN and to is S.MONITORED:
        agree_plan(notice.plans.get(), on=DEMO_DAY, by=by, at=DEMO_MOMENT)
    else:
        move_notice(notice, to=to, on=DEMO_DAY, reason=reason, by=by, at=DEMO_MOMENT)


def is_made(kent: Kent, notice: Notice, to: NoticeStage, role: Role) -> bool:
    """Whether the move is made: with one row and one event. It is undone again."""
    with transaction.atomic():
        if refused(lambda: attempt(kent, notice, to, role)):
            return False
        with_it = rows()
        assert Notice.objects.get(pk=notice.pk).stage == to
        transaction.set_rollback(True)
    assert [now - then for now, then in zip(with_it, rows(), strict=True)] == [1, 1]
    return True


def rows() -> tuple[int, int]:
    """How many moves and events there are."""
    return NoticeMove.objects.count(), Event.objects.count()


def refused(step: Callable[[], object]) -> str:
    """Why a step is refused; empty where it is not."""
    try:
        step()
    except Refused as refusal:
        return str(refusal)
    return ""


def should_be_made(code: str, stage: NoticeStage, to: NoticeStage, role: Role) -> bool:
    """What the table, the kind's stages and the role say."""
    if to not in WAYS[code].get(stage, set()):
        return False
    if to is S.TAKEN_BACK:
        # KCC asked; the commissioner, who may ask too, declines it with a reason instead.
        return role is Role.COUNCIL_COMMISSIONER
    assert {move.permission for (_, known), move in MOVES.items() if known is to} == {Permission.ISSUE_NOTICE}
    return Permission.ISSUE_NOTICE in ROLE_PERMISSIONS[role]


def offered_to(notice: Notice, role: Role) -> set[NoticeStage]:
    """What somebody with the role's permissions is offered, whoever they are."""
    return set(moves_for(ROLE_PERMISSIONS[role], notice))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("code", "stage"), [(code, stage) for code in WAYS for stage in stages_of(code)])
def test_every_move_by_every_role(agreed: Kent, code: str, stage: NoticeStage) -> None:
    notice = at_stage(agreed, code, stage)
    if stage is S.PLAN:
        proposed_plan(agreed, notice)
    tries = [(to, role) for to in NoticeStage if to not in (S.ASKED, stage) for role in Role]
    before = rows()
    made = {(to.value, role.value): is_made(agreed, notice, to, role) for to, role in tries}
    assert rows() == before
    assert made == {(to.value, role.value): should_be_made(code, stage, to, role) for to, role in tries}
    offered = {(to.value, role.value) for role in Role for to in offered_to(notice, role)}
    # Who may ask for notices is offered to take one back; the action tells them where they did not ask for it.
    assert offered - {(S.TAKEN_BACK.value, Role.COORDINATING_COMMISSIONER.value)} == {
        one for one, is_so in made.items() if is_so
    }


@pytest.mark.parametrize("role", Role)
def test_who_asks_for_a_notice(agreed: Kent, role: Role) -> None:
    before = Notice.objects.count()
    if Permission.ASK_FOR_NOTICE in ROLE_PERMISSIONS[role]:
        assert asked_notice(agreed, role=role).stage == S.ASKED
    else:
        with pytest.raises(Refused, match=r"^Your role does not let you ask for a notice\.$"):
            asked_notice(agreed, role=role)
    assert Notice.objects.count() == before + (Permission.ASK_FOR_NOTICE in ROLE_PERMISSIONS[role])


@pytest.mark.parametrize("stage", [stage for stage in NoticeStage if stage is not S.ASKED])
def test_a_notice_is_served_declined_and_taken_back_only_while_it_is_asked_for(
    agreed: Kent, stage: NoticeStage
) -> None:
    notice = notice_at(agreed, stage)
    commissioner, kcc = acting(agreed, Role.COORDINATING_COMMISSIONER), acting(agreed, Role.COUNCIL_COMMISSIONER)
    said = "Somebody may have acted before you: look at the page again."
    with pytest.raises(Refused, match=said):
        serve_notice(notice, served_on=DEMO_DAY, by=commissioner, at=DEMO_MOMENT)
    with pytest.raises(Refused, match=said):
        decline_notice(notice, reason="Said", by=commissioner, at=DEMO_MOMENT)
    with pytest.raises(Refused, match=said):
        take_back_notice(notice, by=kcc, at=DEMO_MOMENT)


@pytest.mark.parametrize(("before", "to"), [pair for pair, move in MOVES.items() if move.needs_reason and pair[0]])
def test_a_move_that_needs_a_reason_is_refused_without(agreed: Kent, before: NoticeStage, to: NoticeStage) -> None:
    notice = at_stage(agreed, CPN, before)
    said = refused(lambda: attempt(agreed, notice, to, Role.COORDINATING_COMMISSIONER, reason=" \n"))
    assert said.startswith(("Say why", "The reason for declining the notice is missing"))


def test_every_stage_is_in_the_table() -> None:
    befores, afters = {before for before, _ in MOVES}, {to for _, to in MOVES}
    assert afters == set(NoticeStage)
    assert befores - {None} == set(NoticeStage) - set(ENDS)
    assert set(STEPS) | set(ENDS) | set(BEFORE_SERVICE) == set(NoticeStage)


def test_the_database_asks_for_the_same_reasons() -> None:
    assert {to.value for (before, to), move in MOVES.items() if move.needs_reason and before} == set(STOPPED_OR_RAISED)


def test_a_kind_with_every_stage_moves_as_the_table_has_it() -> None:
    assert set(STEPS) == {stage for stage in NoticeStage if stage not in (*ENDS, S.ASKED)}
    for stage in (None, *NoticeStage):
        assert next_moves(stage, STEPS) == {to: move for (before, to), move in MOVES.items() if before is stage}


def test_the_commissioner_who_asked_does_not_serve(agreed: Kent) -> None:
    notice = asked_notice(agreed, role=Role.COORDINATING_COMMISSIONER)
    said = refused(lambda: attempt(agreed, notice, S.MEETING, Role.COORDINATING_COMMISSIONER))
    assert said == "You asked for this notice, so somebody else serves it."
    taken_back = take_back_notice(notice, by=acting(agreed, Role.COORDINATING_COMMISSIONER), at=moment_of(ASKED_ON))
    assert taken_back.stage == S.TAKEN_BACK
