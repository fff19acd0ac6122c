"""Contract notices for tests, made as people make them: asked for by KCC, served and moved by West Kent CCG."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from contracts.actions.notice_moving import move_notice
from contracts.actions.notice_plans import PlannedMilestone, agree_plan, propose_plan
from contracts.actions.notices import AskedNotice, ask_for_notice, decline_notice, serve_notice, take_back_notice
from contracts.audit import Actor
from contracts.levers.ladder import NoticeStage, next_moves
from contracts.levers.quoted import QuotedFigure
from contracts.levers.who_may import steps_of
from contracts.models import Notice, NoticeKind, NoticePlan, Organisation, Role
from tests.kent import DEMO_DAY, LONDON, Kent

S = NoticeStage
CPN, AQN, IBN = "contract-performance-notice", "activity-query-notice", "information-breach-notice"
ASKED_ON, SERVED_ON = date(2019, 9, 2), date(2019, 9, 3)
MILESTONES = (("Fill the two vacant posts", date(2019, 11, 1)), ("Reach a caseload of 250", date(2019, 12, 2)))


def moment_of(on: date) -> datetime:
    """Half past nine in the morning of a day."""
    return datetime.combine(on, time(9, 30), LONDON)


def acting(kent: Kent, role: Role) -> Actor:
    """The demo's person in `role`: Alex Morgan asks, Helen Marsh serves and moves, Sam Ellis answers."""
    return Actor.person(kent.people[role])


def kind_of(kent: Kent, code: str = CPN) -> NoticeKind:
    """A kind of notice of the agreement, by its code."""
    return kent.agreement.notice_kinds.get(code=code)


def asked_notice(
    kent: Kent,
    code: str = CPN,
    *,
    subject: str = "Early Help caseload",
    element: str | None = "ehu",
    on: date = ASKED_ON,
    evidence: Sequence[QuotedFigure] = (),
    role: Role = Role.COUNCIL_COMMISSIONER,
) -> Notice:
    """A notice that KCC asked for; without an element where `element` is None."""
    about = kent.agreement.elements.get(code=element) if element else None
    asked = AskedNotice(kind_of(kent, code), subject, "191 children held against 300 agreed.", about)
    return ask_for_notice(kent.agreement, asked=asked, evidence=evidence, by=acting(kent, role), at=moment_of(on))


def served_notice(
    kent: Kent,
    code: str = CPN,
    *,
    on: date = SERVED_ON,
    subject: str = "Early Help caseload",
    element: str | None = "ehu",
    evidence: Sequence[QuotedFigure] = (),
) -> Notice:
    """A notice that KCC asked for and West Kent CCG served on the day `on`."""
    asked = asked_notice(kent, code, subject=subject, element=element, on=min(on, ASKED_ON), evidence=evidence)
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    return serve_notice(asked, served_on=on, by=by, at=moment_of(on))


def moved(kent: Kent, notice: Notice, to: NoticeStage, *, on: date | None = None, reason: str = "As said") -> Notice:
    """A notice that was served, moved by West Kent CCG, a day after its last move unless `on` says otherwise."""
    day = on or next_day(notice)
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    return move_notice(notice, to=to, on=day, reason=reason, by=by, at=moment_of(max(day, DEMO_DAY)))


def proposed_plan(
    kent: Kent, notice: Notice, *, on: date | None = None, milestones: Sequence[tuple[str, date]] = MILESTONES
) -> NoticePlan:
    """A plan that NELFT proposed on the day `on`, or a day after the notice's last move."""
    nelft = Organisation.objects.get(short_name="NELFT")
    planned = [PlannedMilestone(what, due_on, nelft) for what, due_on in milestones]
    text = "Two posts are filled and the caseload is built up again."
    by = acting(kent, Role.PROVIDER_EDITOR)
    return propose_plan(notice, text=text, milestones=planned, by=by, at=moment_of(on or next_day(notice)))


def agreed_plan(
    kent: Kent, notice: Notice, *, on: date | None = None, milestones: Sequence[tuple[str, date]] = MILESTONES
) -> NoticePlan:
    """A plan that NELFT proposed and West Kent CCG agreed on the same day: its notice is monitored."""
    day = on or next_day(notice)
    plan = proposed_plan(kent, notice, on=day, milestones=milestones)
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    return agree_plan(plan, on=day, by=by, at=moment_of(max(day, DEMO_DAY)))


def notice_at(
    kent: Kent,
    stage: NoticeStage,
    code: str = CPN,
    *,
    element: str | None = "ehu",
    by_way_of: NoticeStage | None = None,
) -> Notice:
    """A notice of a kind brought to `stage` in the fewest moves, a day apart; it was served on 3 September 2019.

    `by_way_of` is a stage that it goes through: the plan under way has an agreed plan.
    """
    notice = asked_notice(kent, code, element=element)
    halfway = by_way_of or S.ASKED
    way = fewest_moves(S.ASKED, halfway, steps_of(notice))
    for to in [*way, *fewest_moves(halfway, stage, steps_of(notice))]:
        notice = one_move(kent, notice, to)
    return notice


def one_move(kent: Kent, notice: Notice, to: NoticeStage) -> Notice:
    """The notice moved to a stage that comes next, by whichever action does it."""
    commissioner = acting(kent, Role.COORDINATING_COMMISSIONER)
    if to is S.TAKEN_BACK:
        return take_back_notice(notice, by=Actor.person(notice.asked_by), at=moment_of(ASKED_ON))
    if to is S.DECLINED:
        return decline_notice(notice, reason="The figures are in question", by=commissioner, at=moment_of(ASKED_ON))
    if notice.stage == S.ASKED:
        return serve_notice(notice, served_on=SERVED_ON, by=commissioner, at=moment_of(SERVED_ON), to=to)
    if to is S.MONITORED and notice.stage == S.PLAN:
        agreed_plan(kent, notice)
        return Notice.objects.get(pk=notice.pk)
    return moved(kent, notice, to)


def fewest_moves(stage: NoticeStage, to: NoticeStage, steps: Collection[str]) -> list[NoticeStage]:
    """The stages on the shortest way from `stage` to `to`, `to` with them; an error where none leads there."""
    ways: list[tuple[NoticeStage, list[NoticeStage]]] = [(stage, [])]
    seen = {stage}
    for at, way in ways:
        if at is to:
            return way
        onward = [one for one in next_moves(at, steps) if one not in seen]
        seen.update(onward)
        ways += [(one, [*way, one]) for one in onward]
    raise AssertionError(f"No way leads from {stage} to {to} with {sorted(steps)}.")


def next_day(notice: Notice) -> date:
    """The day after a notice's last move."""
    return max(move.on for move in notice.moves.all()) + timedelta(days=1)
