"""Extensions and pauses of a clock: one side proposes, the other agrees, and the clock has its new day at once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from contracts import audit
from contracts.actions.clock_days import due_with, give_day, held_clock, retiming_by
from contracts.actions.clock_refusals import (
    LONGEST_REASON,
    refuse_answer,
    refuse_proposal,
    refuse_what_changes_nothing,
)
from contracts.actions.entitled import Acting, entitled
from contracts.actions.holding import held
from contracts.actions.notice_mails import tell_of
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed, written
from contracts.audit import Actor
from contracts.models import ClockAnswer, ClockChange, ClockChangeKind, NoticeClock
from contracts.permissions import Permission
from contracts.queries.held_clocks import change_in_words

ANSWERED = ("answer", "answered_by", "answered_by_name", "answered_for", "answered_at", "answer_reason")


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What one side asks of the other: `extra` for an extension, the first day and the day after for a pause."""

    kind: ClockChangeKind
    reason: str
    extra: int | None = None
    paused_from: date | None = None
    paused_until: date | None = None


@transaction.atomic
def propose_clock_change(clock: NoticeClock, *, proposed: ProposedChange, by: Actor, at: datetime) -> ClockChange:
    """Propose an extension or a pause of an open clock to the other side. Raises Refused."""
    running = _held(clock)
    acting = entitled(running.notice.agreement, Permission.PROPOSE_CLOCK_CHANGE, by)
    change = ClockChange(
        clock=running,
        kind=proposed.kind,
        extra=proposed.extra,
        paused_from=proposed.paused_from,
        paused_until=proposed.paused_until,
        reason=needed(proposed.reason, "The reason", LONGEST_REASON),
        proposed_by=acting.person,
        proposed_by_name=by.name,
        proposed_for=acting.organisation,
        proposed_at=at,
    )
    refuse_proposal(running, change)
    refuse_what_changes_nothing(running, due_with(running, change))
    change.save(force_insert=True)
    _record("clock change proposed", change, by)
    return change


@transaction.atomic
def agree_clock_change(change: ClockChange, *, by: Actor, at: datetime) -> ClockChange:
    """Agree what the other side proposed: the clock has its new day from this moment. Raises Refused."""
    answered, acting = _to_answer(change, by)
    refuse_answer(answered, acting)
    due_on = due_with(answered.clock, answered)
    _answer(answered, ClockAnswer.AGREED, acting, by, at)
    retiming = give_day(answered.clock, due_on, row=retiming_by(answered, by=by, at=at))
    _record("clock change agreed", answered, by, due_before=retiming.due_before if retiming else due_on)
    return answered


@transaction.atomic
def refuse_clock_change(change: ClockChange, *, reason: str = "", by: Actor, at: datetime) -> ClockChange:
    """Refuse what the other side proposed; the clock runs on as before. Raises Refused."""
    why = written(reason, "The reason", LONGEST_REASON)
    answered, acting = _to_answer(change, by)
    refuse_answer(answered, acting)
    answered.answer_reason = why
    _answer(answered, ClockAnswer.REFUSED, acting, by, at)
    _record("clock change refused", answered, by)
    return answered


@transaction.atomic
def take_back_clock_change(change: ClockChange, *, by: Actor, at: datetime) -> ClockChange:
    """Take back what one's own side proposed and nobody answered. Raises Refused."""
    answered, acting = _to_answer(change, by)
    if acting.organisation != answered.proposed_for:
        raise Refused(f"Only {answered.proposed_for.short_name} takes back what it proposed. You may refuse it.")
    _answer(answered, ClockAnswer.TAKEN_BACK, acting, by, at)
    _record("clock change taken back", answered, by)
    return answered


def _held(clock: NoticeClock) -> NoticeClock:
    """The clock with its notice, both held: a move of the notice, which would end the clock, waits or was first."""
    held(clock.notice)
    return held_clock(clock)


def _to_answer(change: ClockChange, by: Actor) -> tuple[ClockChange, Acting]:
    held(change.clock.notice)
    now = ClockChange.objects.select_related("proposed_for").get(pk=change.pk)
    if now.answer:
        raise Refused(
            f"This proposal was {now.get_answer_display().lower()} by {now.answered_by_name}. Look at the notice again."
        )
    now.clock = held_clock(now.clock)
    return now, entitled(now.clock.notice.agreement, Permission.PROPOSE_CLOCK_CHANGE, by)


def _answer(change: ClockChange, answer: ClockAnswer, acting: Acting, by: Actor, at: datetime) -> None:
    change.answer = answer
    change.answered_by, change.answered_by_name = acting.person, by.name
    change.answered_for, change.answered_at = acting.organisation, at
    change.save(update_fields=ANSWERED)


def _record(action: str, change: ClockChange, by: Actor, *, due_before: date | None = None) -> None:
    clock = change.clock
    event = audit.record(
        action,
        by=by,
        agreement=clock.notice.agreement,
        subject=str(clock.notice),
        before={"due on": due_before or clock.due_on},
        after={
            "due on": clock.due_on,
            "change": change_in_words(change),
            "reason": change.answer_reason or change.reason,
            "proposed for": change.proposed_for.short_name,
        },
    )
    tell_of(event, clock.notice)
