"""The page of one notice: how it stands, its ladder, what happened, its evidence and plans, and what may be done."""

from dataclasses import dataclass
from datetime import date

from django.forms import Form

from contracts.access import Standing
from contracts.formatting import weekday
from contracts.forms.clock_changes import ClockAnswerForm
from contracts.forms.notice_steps import AcknowledgementForm, RecordForm
from contracts.levers.board import BoardState
from contracts.levers.consequences import Consequence, consequences_of
from contracts.levers.ladder import NoticeStage, is_open
from contracts.levers.wording import name_of_stage
from contracts.models import Notice
from contracts.notice_pages.clock import ClockShown, open_clock
from contracts.notice_pages.evidence import Evidence, evidence_of
from contracts.notice_pages.ladder import Rung, ladder
from contracts.notice_pages.next_steps import NextSteps, named_steps, next_steps
from contracts.notice_pages.parties import Parties, parties_of
from contracts.notice_pages.plan import PlanShown, plans_of
from contracts.notice_pages.story import Happening, people_in, story
from contracts.notice_pages.terms import has_unchecked_terms
from contracts.permissions import Permission

S = NoticeStage
COLOURS = {S.ASKED: "grey", S.WITHHOLDING: "red", S.BREACHED: "red", S.RESOLVED: "green"}


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Everything the page shows. `due` ends the sentence that `waits_for` begins; forms are None where not theirs."""

    notice: Notice
    tag: str
    colour: str
    waits_for: str
    due: str
    clock: ClockShown | None
    has_unchecked_terms: bool
    rungs: tuple[Rung, ...]
    story: tuple[Happening, ...]
    evidence: Evidence | None
    plans: tuple[PlanShown, ...]
    steps: NextSteps
    parties: Parties
    consequences: tuple[Consequence, ...]
    acknowledgement_form: Form | None
    record_form: Form | None
    answer_form: Form | None


def notice_page(notice: Notice, standing: Standing, on: date, sent: Form | None = None) -> NoticePage:
    """The page of a notice (from `held`) for one reader; `sent` is a form that came back with faults."""
    parties = parties_of(notice.agreement, people_in(notice))
    clock, plans = open_clock(notice, on), plans_of(notice, parties, on)
    steps = next_steps(notice, standing, parties, clock, plans)
    waits_for, due = _head(notice, parties, clock)
    return NoticePage(
        notice=notice,
        tag=clock.tag if clock else str(NoticeStage(notice.stage).label),
        colour=clock.colour if clock else COLOURS.get(S(notice.stage), "blue" if is_open(notice.stage) else "grey"),
        waits_for=waits_for,
        due=due,
        clock=clock,
        has_unchecked_terms=has_unchecked_terms(notice, on),
        rungs=ladder(notice, parties, clock, on),
        story=story(notice, parties, named_steps(notice), from_request=standing.may(Permission.SEE_REQUESTS)),
        evidence=evidence_of(notice),
        plans=plans,
        steps=steps,
        parties=parties,
        consequences=consequences_of(notice, standing, on),
        acknowledgement_form=_form(AcknowledgementForm, sent, steps.may_acknowledge),
        record_form=_form(RecordForm, sent, steps.may_add),
        answer_form=_form(ClockAnswerForm, sent, steps.may_answer_proposal),
    )


def _form(kind: type[Form], sent: Form | None, may: bool) -> Form | None:
    if isinstance(sent, kind):
        return sent
    return kind() if may else None


def _head(notice: Notice, parties: Parties, clock: ClockShown | None) -> tuple[str, str]:
    """The sentence beside the tag, in two: what it says, and the day that stands out in it."""
    name = name_of_stage(notice.stage, named_steps(notice))
    if clock:
        return f"{name} {'was due by' if clock.state == BoardState.OVERDUE else 'due by'}", weekday(clock.due_on)
    if notice.stage == S.ASKED:
        asked = next(move.on for move in notice.moves.all() if not move.from_stage)
        return f"Asked for by {parties.who(notice.asked_by_name, notice.asked_by_id)}, on", weekday(asked)
    since = max(notice.moves.all(), key=lambda move: move.pk).on
    return f"{name} since" if is_open(notice.stage) else f"{name}, on", weekday(since)
