"""The ladder of one notice as short as the board shows it: what was passed, what it waits for, what may come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.levers.board import BoardStep
from contracts.levers.ladder import BEFORE_SERVICE, STEPS, NoticeStage

S = NoticeStage
SHORT = {
    S.MEETING: "Meeting",
    S.MONITORED: "Plan under way",
    S.BREACHED: "Plan breached",
    S.EXCEPTION_REPORT: "Exception report",
    S.WITHHOLDING: "Withholding",
}
# What comes only if something else went wrong or well; shown once it has come.
NOT_SHOWN_AHEAD = {S.MONITORED, S.BREACHED}
# One of these follows; which, is not known before.
OUTCOMES = {S.INVESTIGATION, S.ACTION, S.PLAN}


@dataclass(frozen=True, slots=True)
class Passed:
    """One move that a notice made, by the day it happened."""

    before: str
    to: str
    on: date


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a notice has come: its stage, the names its kind gives to stages, and the moves it made, oldest first.

    `due` is the day its clock runs out, if it has one; `asker` the organisation that asked for it.
    """

    stage: str
    names: Mapping[str, str]
    moves: Sequence[Passed]
    asked_on: date
    served_on: date | None
    asker: str = ""
    due: date | None = None
    is_over: bool = False


def steps_shown(climb: Climb) -> tuple[BoardStep, ...]:
    """The steps of `climb`, from the notice itself on."""
    if climb.stage in BEFORE_SERVICE:
        return (
            BoardStep(f"{climb.asker} asked" if climb.asker else "Asked for", "now", _short(climb.asked_on)),
            BoardStep("Notice", "todo"),
            *_ahead(climb, -1),
        )
    here = STEPS.index(NoticeStage(climb.stage)) if climb.stage in STEPS else len(STEPS)
    return (BoardStep("Notice", "done", _short(climb.served_on)), *_passed(climb, here), *_ahead(climb, here))


def name_shown(stage: str, names: Mapping[str, str]) -> str:
    """A stage's short name, or what its kind of notice calls it."""
    short = SHORT.get(NoticeStage(stage))
    return short or names.get(stage) or NoticeStage(stage).label


def lever_shown(lever: str, names: Mapping[str, str]) -> str:
    """A lever as what comes next: a breach has not happened yet, so it is none of a plan."""
    return "Breach" if lever == S.BREACHED else name_shown(lever, names)


def _passed(climb: Climb, here: int) -> Iterator[BoardStep]:
    """What lies behind, the time between an agreed plan and its end left out, and where the notice is."""
    left = {move.before: move.on for move in climb.moves}
    came = {move.to: move.on for move in climb.moves}
    for stage in STEPS[: here + 1]:
        if stage == climb.stage:
            when = f"by {_short(climb.due)}" if climb.due else f"since {_short(came.get(stage))}"
            yield BoardStep(name_shown(stage, climb.names), "over" if climb.is_over else "now", when)
        elif stage in left and stage != S.MONITORED:
            is_agreed_plan = stage == S.PLAN and S.MONITORED in came
            name = "Plan agreed" if is_agreed_plan else name_shown(stage, climb.names)
            # A breach is dated by the day it came, everything else by the day it was done.
            yield BoardStep(name, "done", _short(came[stage] if stage == S.BREACHED else left[stage]))


def _ahead(climb: Climb, here: int) -> Iterator[BoardStep]:
    ahead = [stage for stage in STEPS[here + 1 :] if stage in climb.names and stage not in NOT_SHOWN_AHEAD]
    is_one_of_many = {S.ACTION, S.PLAN} <= set(ahead)
    for stage in ahead:
        if not (is_one_of_many and stage in OUTCOMES):
            yield BoardStep(name_shown(stage, climb.names), "todo")
        elif stage == S.PLAN:
            yield BoardStep("Outcome", "todo")


def _short(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else ""
