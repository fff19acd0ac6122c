"""What people do to a meeting: call it, move it, cancel it, record that it was held, and note what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.actions.entitled import entitled
from contracts.actions.refusals import Refused, refused_where
from contracts.actions.writing import needed, written
from contracts.audit import Actor
from contracts.formatting import count_of, day
from contracts.meeting_moves import MOVES, MeetingState, may_become
from contracts.models import AgendaItem, Agreement, Meeting, MeetingMove, MeetingNote
from contracts.permissions import Permission

S = MeetingState
LONGEST_TITLE, LONGEST_PLACE = 160, 160
AT_ONCE = {
    "a_meeting_is_called_once_for_a_day": "Somebody called that meeting for that day a moment ago, so nothing was "
    "changed.",
}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of an agenda: under which heading, what it is, how it stands and who acts next."""

    heading: str
    what: str
    detail: str = ""
    who: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class WhenAndWhere:
    """A meeting's day, hour and place."""

    on: date
    starts_at: time | None = None
    place: str = ""


@transaction.atomic
def call_meeting(agreement: Agreement, *, title: str, meets: WhenAndWhere, by: Actor, at: datetime) -> Meeting:
    """Call a meeting. One that was held before the portal knew of it may be called for its day, too."""
    acting = entitled(agreement, MOVES[None, S.CALLED].permission, by)
    called = needed(title, "What meeting it is", LONGEST_TITLE)
    place = written(meets.place, "The place", LONGEST_PLACE)
    _refuse_called_twice(agreement, called, meets.on)
    with refused_where(AT_ONCE):
        meeting = Meeting.objects.create(
            agreement=agreement,
            title=called,
            meets_on=meets.on,
            starts_at=meets.starts_at,
            place=place,
            called_by=acting.person,
            called_by_name=by.name,
            called_at=at,
        )
    _write_move(meeting, "", reason="", by=by, at=at)
    _record("meeting called", meeting, by=by)
    return meeting


@transaction.atomic
def move_meeting(meeting: Meeting, *, meets: WhenAndWhere, reason: str, by: Actor, at: datetime) -> Meeting:
    """Move a called meeting to another day, hour or place, for a reason."""
    held = _held(meeting, S.CALLED, by)
    place = written(meets.place, "The place", LONGEST_PLACE)
    if (held.meets_on, held.starts_at, held.place) == (meets.on, meets.starts_at, place):
        raise Refused("That is the day, the hour and the place it has, so nothing was changed.")
    if held.meets_on != meets.on:
        _refuse_called_twice(held.agreement, held.title, meets.on)
    before = str(held)
    held.meets_on, held.starts_at, held.place = meets.on, meets.starts_at, place
    with refused_where(AT_ONCE):
        return _moved(held, S.CALLED, "meeting moved", reason=reason, by=by, at=at, before=before)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Cancel a called meeting, for a reason."""
    held = _held(meeting, S.CANCELLED, by)
    return _moved(held, S.CANCELLED, "meeting cancelled", reason=reason, by=by, at=at, before=str(held))


@transaction.atomic
def hold_meeting(meeting: Meeting, *, agenda: Sequence[AgendaLine], by: Actor, at: datetime) -> Meeting:
    """Record that a meeting was held, and keep its agenda as it stands now."""
    held = _held(meeting, S.HELD, by)
    if held.meets_on > timezone.localdate(at):
        raise Refused(f"The meeting is on {day(held.meets_on)}. Record that it was held on that day or later.")
    # The items first: the database adds none to a meeting that was held.
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=held,
            position=position,
            heading=line.heading[:120],
            what=line.what[:600],
            detail=line.detail[:600],
            who=line.who[:200],
            address=line.address[:300],
        )
        for position, line in enumerate(agenda, start=1)
    )
    said = f"meeting held with {count_of(len(agenda), 'item')} on its agenda"
    return _moved(held, S.HELD, said, reason="", by=by, at=at, before=str(held))


@transaction.atomic
def note_on_meeting(meeting: Meeting, *, text: str, by: Actor, at: datetime) -> MeetingNote:
    """Note in short what was said at a meeting that was held.

    The last note where it says the same again and is the same person's, because a button was pressed twice.
    """
    acting = entitled(meeting.agreement, Permission.KEEP_ACTIONS, by)
    kept = needed(text, "What was said")
    held = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if held.state != S.HELD:
        raise Refused(f"The meeting is {held.state}. Notes are kept of a meeting that was held.")
    last = held.notes.order_by("-pk").first()
    if last is not None and (last.by_id, last.text) == (acting.person.pk, kept):
        return last
    note = MeetingNote.objects.create(meeting=held, text=kept, by=acting.person, by_name=by.name, at=at)
    audit.record("note on a meeting", by=by, agreement=meeting.agreement, subject=str(held), after={"text": kept})
    return note


def _held(meeting: Meeting, to: MeetingState, by: Actor) -> Meeting:
    """The meeting as it is now, held until the transaction ends, where this person may move it to `to`."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("agreement").get(pk=meeting.pk)
    entitled(held.agreement, Permission.KEEP_ACTIONS, by)
    if not may_become(S(held.state), to):
        raise Refused(
            f"The meeting is {held.state} now, so it stays as it is. "
            "Somebody may have acted before you: look at the page again."
        )
    return held


def _refuse_called_twice(agreement: Agreement, title: str, on: date) -> None:
    if agreement.meetings.filter(title=title, meets_on=on).exclude(state=S.CANCELLED).exists():
        raise Refused(f"“{title}” is called for {day(on)} already.")


def _moved(
    meeting: Meeting, to: MeetingState, said: str, *, reason: str, by: Actor, at: datetime, before: str
) -> Meeting:
    judge = needed if MOVES[S(meeting.state), to].needs_reason else written
    why = judge(reason, "The reason")
    state, meeting.state = meeting.state, to
    _write_move(meeting, state, reason=why, by=by, at=at)
    meeting.save(update_fields=["state", "meets_on", "starts_at", "place"])
    _record(said, meeting, by=by, before={"meeting": before, "state": state}, reason=why)
    return meeting


def _write_move(meeting: Meeting, before: str, *, reason: str, by: Actor, at: datetime) -> None:
    assert by.user is not None  # entitled() let nobody else through
    MeetingMove.objects.create(
        meeting=meeting,
        from_state=before,
        to_state=meeting.state,
        meets_on=meeting.meets_on,
        reason=reason,
        by=by.user,
        by_name=by.name,
        at=at,
    )


def _record(said: str, meeting: Meeting, *, by: Actor, before: object = None, reason: str = "") -> None:
    after = {"meeting": str(meeting), "state": meeting.state, "place": meeting.place, "reason": reason}
    audit.record(said, by=by, agreement=meeting.agreement, subject=str(meeting), before=before, after=after)
