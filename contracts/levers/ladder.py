"""The one table of moves of a contract notice: which stage may become which, and what that takes.

A kind of notice goes through some of the stages only (`contracts.models.NoticeStep`); a move passes over those that
it does not have. So a kind that has no meeting leads from being asked for to what a meeting would have led to.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices

from contracts.permissions import Permission


class NoticeStage(TextChoices):
    """What a notice waits for, or how it ended."""

    ASKED = "asked", "Asked for"
    TAKEN_BACK = "taken-back", "Taken back"
    DECLINED = "declined", "Declined"
    MEETING = "meeting", "Meeting to be held"
    ACTION = "action", "To be put right"
    INVESTIGATION = "investigation", "Under investigation"
    PLAN = "plan", "Plan to be agreed"
    MONITORED = "monitored", "Plan under way"
    BREACHED = "breached", "Plan breached, to be put right"
    EXCEPTION_REPORT = "exception-report", "Exception report made"
    WITHHOLDING = "withholding", "Payment withheld"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RESOLVED = "resolved", "Closed: put right"
    UNRESOLVED = "unresolved", "Closed: not put right"


S = NoticeStage

# The stages that a kind of notice may have, in the order of the ladder.
STEPS = (S.MEETING, S.INVESTIGATION, S.ACTION, S.PLAN, S.MONITORED, S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)
ENDS = (S.TAKEN_BACK, S.DECLINED, S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)
# Known to the council and the commissioner alone: nothing was served on the provider.
BEFORE_SERVICE = (S.ASKED, S.TAKEN_BACK, S.DECLINED)


@dataclass(frozen=True, slots=True)
class Move:
    """What it takes to move a notice: who may, and whether they must say why."""

    permission: Permission
    needs_reason: bool = False


ISSUES = Move(Permission.ISSUE_NOTICE)
ISSUES_WITH_REASON = Move(Permission.ISSUE_NOTICE, needs_reason=True)

# Source: NHS Standard Contract, General Condition 9 and Service Conditions 28 and 29; 003 §4.1 for KCC's part.
MOVES: dict[tuple[NoticeStage | None, NoticeStage], Move] = {
    (None, S.ASKED): Move(Permission.ASK_FOR_NOTICE, needs_reason=True),
    (S.ASKED, S.TAKEN_BACK): Move(Permission.ASK_FOR_NOTICE),
    (S.ASKED, S.DECLINED): ISSUES_WITH_REASON,
    # Service of the notice.
    (S.ASKED, S.MEETING): ISSUES,
    # What the meeting, or the investigation, led to.
    (S.MEETING, S.INVESTIGATION): ISSUES,
    (S.MEETING, S.ACTION): ISSUES,
    (S.MEETING, S.PLAN): ISSUES,
    (S.INVESTIGATION, S.ACTION): ISSUES,
    (S.INVESTIGATION, S.PLAN): ISSUES,
    (S.PLAN, S.MONITORED): ISSUES,
    # What was to be done was done, or was not.
    (S.ACTION, S.RESOLVED): ISSUES,
    (S.MONITORED, S.RESOLVED): ISSUES,
    (S.ACTION, S.BREACHED): ISSUES_WITH_REASON,
    (S.PLAN, S.BREACHED): ISSUES_WITH_REASON,
    (S.MONITORED, S.BREACHED): ISSUES_WITH_REASON,
    (S.BREACHED, S.MONITORED): ISSUES,
    (S.BREACHED, S.EXCEPTION_REPORT): ISSUES_WITH_REASON,
    (S.EXCEPTION_REPORT, S.MONITORED): ISSUES,
    (S.EXCEPTION_REPORT, S.WITHHOLDING): ISSUES_WITH_REASON,
    # What was withheld is released, or kept, by the rule.
    (S.WITHHOLDING, S.RESOLVED): ISSUES,
    (S.WITHHOLDING, S.UNRESOLVED): ISSUES_WITH_REASON,
    **{(step, S.WITHDRAWN): ISSUES_WITH_REASON for step in STEPS},
}


def next_moves(stage: NoticeStage | None, steps: Collection[str]) -> dict[NoticeStage, Move]:
    """Where a notice may go from `stage` and what that takes; None before there is a notice.

    `steps` are the stages that its kind has. Where none of those comes next, the ones that it does not have are
    passed over, as few as will do, and the last move of the way counts: it is the one that is made. Passing over
    ends a notice only where no stage is left at all, and never one that was not served.
    """
    own = frozenset(steps)
    levels = list(_levels(stage, own))
    leads_on = next((level for level in levels if any(to in STEPS for to in level)), {})
    if leads_on or stage in BEFORE_SERVICE:
        beyond = {to: move for to, move in leads_on.items() if to in STEPS}
    else:
        beyond = {to: move for level in levels for to, move in level.items()}
    return levels[0] | {to: move for to, move in beyond.items() if to not in levels[0]}


def is_open(stage: str) -> bool:
    """Whether something is still to be done about a notice in this stage."""
    return NoticeStage(stage) not in ENDS


def _levels(stage: NoticeStage | None, steps: frozenset[str]) -> Iterator[dict[NoticeStage, Move]]:
    """The moves from `stage` itself, then those behind one stage that is missing, behind two, and so on."""
    passed: set[NoticeStage | None] = set()
    level: set[NoticeStage | None] = {stage}
    while level:
        passed |= level
        moves = {to: move for (before, to), move in MOVES.items() if before in level and to not in passed}
        yield {to: move for to, move in moves.items() if to not in STEPS or to in steps}
        level = {to for to in moves if to in STEPS and to not in steps}
