"""Meetings as their pages show them: the list, and one with its agenda, notes and actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.forms import Form
from django.http import Http404

from contracts.access import Standing
from contracts.actions.meetings import AgendaLine
from contracts.meeting_moves import MeetingState
from contracts.models import AgreedAction, Agreement, Meeting, MeetingMove, MeetingNote
from contracts.permissions import Permission
from cypmhs_portal.decisions.agenda_sources import agenda_of
from cypmhs_portal.decisions.meeting_forms import CancelledForm, HeldForm, NoteForm, moved_form
from cypmhs_portal.decisions.shown_forms import forms_with

S = MeetingState
STATE_COLOURS = {S.CALLED: "blue", S.HELD: "green", S.CANCELLED: "grey"}


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list."""

    meeting: Meeting
    colour: str


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """The meetings to come, the next first, and those that are over, the last first."""

    to_come: tuple[MeetingRow, ...]
    over: tuple[MeetingRow, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """The items under one heading."""

    heading: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting. Its agenda is as things stand on `on`, or as they stood when it was held."""

    meeting: Meeting
    colour: str
    on: date
    agenda: tuple[AgendaPart, ...]
    notes: tuple[MeetingNote, ...]
    actions: tuple[AgreedAction, ...]
    moves: tuple[MeetingMove, ...]
    may_keep: bool
    may_be_held: bool
    forms: dict[str, Any]

    @property
    def is_held(self) -> bool:
        """Whether it was held, so that its agenda stays."""
        return self.meeting.state == S.HELD


def meetings_page(standing: Standing) -> MeetingsPage:
    """The meetings of the agreement. One query."""
    rows = [
        MeetingRow(one, STATE_COLOURS[S(one.state)]) for one in standing.agreement.meetings.order_by("meets_on", "pk")
    ]
    return MeetingsPage(
        to_come=tuple(row for row in rows if row.meeting.state == S.CALLED),
        over=tuple(row for row in reversed(rows) if row.meeting.state != S.CALLED),
        may_keep=standing.may(Permission.KEEP_ACTIONS),
    )


def meeting_or_404(agreement: Agreement, key: int) -> Meeting:
    """The meeting of the agreement with that key."""
    found = agreement.meetings.select_related("agreement").filter(pk=key).first()
    if found is None:
        raise Http404("There is no such meeting here.")
    return found


def meeting_page(standing: Standing, meeting: Meeting, on: date, sent: Form | None = None) -> MeetingPage:
    """The page of `meeting` for this reader; `sent` is a form that came back with faults."""
    keeps, is_called = standing.may(Permission.KEEP_ACTIONS), meeting.state == S.CALLED
    return MeetingPage(
        meeting=meeting,
        colour=STATE_COLOURS[S(meeting.state)],
        on=on,
        agenda=in_parts(agenda_lines(meeting, on)),
        notes=tuple(meeting.notes.order_by("pk")),
        actions=tuple(meeting.actions.select_related("owner").order_by("due_on", "pk")),
        moves=tuple(meeting.moves.order_by("-pk")),
        may_keep=keeps,
        may_be_held=keeps and is_called and meeting.meets_on <= on,
        forms=forms_with(
            sent,
            moved=moved_form(meeting) if keeps and is_called else None,
            cancelled=CancelledForm() if keeps and is_called else None,
            held=HeldForm() if keeps and is_called else None,
            note=NoteForm() if keeps and meeting.state == S.HELD else None,
        ),
    )


def agenda_lines(meeting: Meeting, on: date) -> tuple[AgendaLine, ...]:
    """What is open on `on` for a meeting to come; for one that was held what was kept; of a cancelled one nothing."""
    if meeting.state == S.CALLED:
        return agenda_of(meeting.agreement, on)
    kept = meeting.agenda.order_by("position")
    return tuple(AgendaLine(one.heading, one.what, one.detail, one.who, one.address) for one in kept)


def in_parts(lines: Iterable[AgendaLine]) -> tuple[AgendaPart, ...]:
    """The items by their headings, in the order they come in."""
    return tuple(AgendaPart(heading, tuple(held)) for heading, held in groupby(lines, key=lambda line: line.heading))


def count_in(parts: Sequence[AgendaPart]) -> int:
    """How many items there are."""
    return sum(len(part.lines) for part in parts)
