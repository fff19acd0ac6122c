"""The page of one notice: how it stands, its ladder, what happened, its evidence and plans, and what may be done."""

from dataclasses import dataclass
from datetime import date

from django.forms import Form

from contracts.access import Standing
from contracts.formatting import weekday
from contracts.forms.clock_changes import ClockAnswerForm
from contracts.forms.notice_steps import AcknowledgementForm, RecordForm
from contracts.levers.asking import asks_commissioner, begun_ask
from contracts.levers.board import COLOURS as BOARD_COLOURS
from contracts.levers.board import tag_of
from contracts.levers.consequences import Consequence, consequences_of
from contracts.levers.ladder import NoticeStage, is_open
from contracts.levers.steps_shown import lever_shown
from contracts.levers.turns import Waiting
from contracts.levers.who_may import steps_of
from contracts.levers.wording import name_of_stage
from contracts.models import Notice
from contracts.notice_pages.clock import ClockShown, open_clock, stands_on
from contracts.notice_pages.evidence import Evidence, evidence_of
from contracts.notice_pages.ladder import Rung, ladder
from contracts.notice_pages.next_steps import NextSteps, next_steps
from contracts.notice_pages.parties import Parties, who_is_who
from contracts.notice_pages.plan import PlanShown, plans_of
from contracts.notice_pages.story import Happening, people_in, story
from contracts.notice_pages.terms import has_unchecked_terms
from contracts.permissions import Permission
from contracts.queries.board_days import RowDay

S = NoticeStage
COLOURS = {S.ASKED: "grey", S.WITHHOLDING: "red", S.BREACHED: "red", S.RESOLVED: "green"}


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Everything the page shows. `due` ends the sentence that `waits_for` begins; forms are None where not theirs.

    `turn` says whose turn it is, and `next_lever` what the commissioner may turn to; both empty where there is none.
    """

    notice: Notice
    tag: str
    colour: str
    waits_for: str
    due: str
    turn: str
    next_lever: str
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


def notice_page(notice: Notice, standing: Standing, on: date, sent: Form | None = None, asks: str = "") -> NoticePage:
    """The page of a notice (from `held`) for one reader; `sent` is a form that came back with faults.

    `asks` is the lever that the reader comes to ask for: the text to add to the record is then begun.
    """
    parties = who_is_who(notice.agreement, people_in(notice))
    clock, plans, day = open_clock(notice, on), plans_of(notice, parties, on), stands_on(notice, on)
    steps = next_steps(notice, standing, parties, clock, plans)
    waiting, (waits_for, due) = day.waiting(notice), _head(notice, parties, day)
    return NoticePage(
        notice=notice,
        tag=_tag(notice, day),
        colour=_colour(notice, day),
        waits_for=waits_for,
        due=due,
        turn=parties.whose_turn(waiting) if is_open(notice.stage) else "",
        next_lever=lever_shown(waiting.next_lever, steps_of(notice)) if waiting.next_lever else "",
        clock=clock,
        has_unchecked_terms=has_unchecked_terms(notice, on),
        rungs=ladder(notice, parties, clock, day, on),
        story=story(notice, parties, steps_of(notice), from_request=standing.may(Permission.SEE_REQUESTS)),
        evidence=evidence_of(notice),
        plans=plans,
        steps=steps,
        parties=parties,
        consequences=consequences_of(notice, standing, on),
        acknowledgement_form=_form(AcknowledgementForm, sent, steps.may_acknowledge),
        record_form=_form(RecordForm, sent, steps.may_add, **_begun(standing, waiting, asks)),
        answer_form=_form(ClockAnswerForm, sent, steps.may_answer_proposal),
    )


def _form(kind: type[Form], sent: Form | None, may: bool, **initial: str) -> Form | None:
    if isinstance(sent, kind):
        return sent
    return kind(initial=initial) if may else None


def _begun(standing: Standing, waiting: Waiting, asks: str) -> dict[str, str]:
    """The text of who comes to ask for the next lever; nothing where that is another by now, or not theirs to ask."""
    lever = waiting.next_lever
    is_asked = lever is not None and asks == lever.value and asks_commissioner(standing)
    return {"text": begun_ask(standing.organisation, lever)} if lever and is_asked else {}


def _tag(notice: Notice, day: RowDay) -> str:
    return str(NoticeStage(notice.stage).label) if day.days_left is None else tag_of(day.state, day.days_left)


def _colour(notice: Notice, day: RowDay) -> str:
    if day.days_left is not None:
        return BOARD_COLOURS.get(day.state, "grey")
    return COLOURS.get(S(notice.stage), "blue" if is_open(notice.stage) else "grey")


def _head(notice: Notice, parties: Parties, day: RowDay) -> tuple[str, str]:
    """The sentence beside the tag, in two: what it says, and the day that stands out in it."""
    name = name_of_stage(notice.stage, steps_of(notice))
    if day.due_on:
        waits_for = "A milestone of the plan" if day.owner else name
        return f"{waits_for} {'was due by' if day.is_overdue else 'due by'}", weekday(day.due_on)
    if notice.stage == S.ASKED:
        asked = next(move.on for move in notice.moves.all() if not move.from_stage)
        return f"Asked for by {parties.who(notice.asked_by_name, notice.asked_by_id)}, on", weekday(asked)
    since = max(notice.moves.all(), key=lambda move: move.pk).on
    return f"{name} since" if is_open(notice.stage) else f"{name}, on", weekday(since)
