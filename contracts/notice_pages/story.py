"""What has happened about a notice, newest first: moves, what was said, plans, milestones and changes of its clocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from contracts.formatting import day
from contracts.levers.ladder import NoticeStage
from contracts.models import ClockChange, EntryKind, Letter, Notice, NoticeMove, NoticePlan, RetimingCause
from contracts.notice_pages.parties import Parties
from contracts.notice_pages.wording import done
from contracts.queries.held_clocks import change_in_words

S = NoticeStage
ANSWERED = {"agreed": "Agreed", "refused": "Refused", "taken-back": "Taken back"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry: what, in whose words, who and when. `on` is the day it happened, where that is another than `at`'s."""

    title: str
    text: str
    who: str
    at: datetime
    on: date | None = None
    letters: tuple[Letter, ...] = ()


def story(notice: Notice, parties: Parties, names: Mapping[str, str], *, from_request: bool) -> tuple[Happening, ...]:
    """Every entry, newest first; without what was said and done before service for those who see no requests."""
    entries = [*_moves(notice, parties, names), *_said(notice, parties), *_plans(notice, parties), *_clocks(notice)]
    served_at = next((move.at for move in notice.moves.all() if move.from_stage == S.ASKED), None)
    if not from_request and served_at:
        entries = [one for one in entries if one.at >= served_at]
    # Of two at the same moment the later one stands above.
    oldest_first = sorted(entries, key=lambda one: one.at)
    return tuple(oldest_first[::-1])


def people_in(notice: Notice) -> set[int]:
    """The keys of the people whom the story names by the party they acted for."""
    people = {move.by_id for move in notice.moves.all()}
    for plan in notice.plans.all():
        people |= {plan.proposed_by_id, *(r.by_id for one in plan.milestones.all() for r in one.records.all())}
    return people


def _moves(notice: Notice, parties: Parties, names: Mapping[str, str]) -> Iterator[Happening]:
    letters: dict[int, list[Letter]] = {}
    for letter in notice.letters.all():
        letters.setdefault(letter.move_id, []).append(letter)
    for move in sorted(notice.moves.all(), key=lambda one: one.pk):
        text = notice.reason if move.to_stage == S.ASKED else move.reason
        yield Happening(
            title=done(move.from_stage, move.to_stage, names),
            text=text,
            who=parties.who(move.by_name, move.by_id),
            at=move.at,
            on=_other_day(move),
            letters=tuple(letters.get(move.pk, ())),
        )


def _other_day(move: NoticeMove) -> date | None:
    return move.on if timezone.localdate(move.at) != move.on else None


def _said(notice: Notice, parties: Parties) -> Iterator[Happening]:
    for entry in notice.entries.all():
        who = f"{entry.by_name}, {entry.organisation.short_name}"
        yield Happening(EntryKind(entry.kind).label, entry.text, who, entry.at)


def _plans(notice: Notice, parties: Parties) -> Iterator[Happening]:
    for plan in notice.plans.all():
        who = parties.who(plan.proposed_by_name, plan.proposed_by_id)
        yield Happening(f"Plan {plan.number} proposed", "", who, plan.proposed_at)
        yield from _milestones(plan, parties)


def _milestones(plan: NoticePlan, parties: Parties) -> Iterator[Happening]:
    for milestone in plan.milestones.all():
        for record in milestone.records.all():
            title = f"Milestone {record.get_outcome_display().lower()}: {milestone.what}"
            yield Happening(title, record.evidence, parties.who(record.by_name, record.by_id), record.at, record.on)


def _clocks(notice: Notice) -> Iterator[Happening]:
    for clock in notice.clocks.all():
        for change in clock.changes.all():
            yield from _change(change)
        for retiming in clock.retimings.all():
            moved = f"Due on {day(retiming.due_after)}, no longer on {day(retiming.due_before)}"
            reason = retiming.reason if retiming.cause == RetimingCause.HOLIDAY else ""
            yield Happening(moved, reason, retiming.by_name, retiming.at)


def _change(change: ClockChange) -> Iterator[Happening]:
    what, who = change_in_words(change), f"{change.proposed_by_name}, {change.proposed_for.short_name}"
    yield Happening(f"Proposed: {what}", change.reason, who, change.proposed_at)
    if change.answered_at and change.answered_for:
        who = f"{change.answered_by_name}, {change.answered_for.short_name}"
        yield Happening(f"{ANSWERED[change.answer]}: {what}", change.answer_reason, who, change.answered_at)
