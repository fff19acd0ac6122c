"""Meetings about an agreement: called, moved, held or cancelled, with an agenda kept as it was on the day."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.meeting_moves import MOVES, MeetingState
from contracts.models.agreement import Agreement
from contracts.models.belonging import refuses

__all__ = ["MEETINGS", "AgendaItem", "Meeting", "MeetingMove", "MeetingNote", "MeetingState"]

MEETINGS = "contracts_meeting"
PAIRS = ", ".join(f"('{before.value}', '{to.value}')" for before, to in MOVES if before)
IS_NO_MOVE = f"(OLD.state, NEW.state) NOT IN ({PAIRS})"
MOVES_WITHOUT_ROW = """(NEW.state, NEW.meets_on, NEW.starts_at, NEW.place) IS DISTINCT FROM
    (OLD.state, OLD.meets_on, OLD.starts_at, OLD.place)
    AND (SELECT (from_state, to_state, meets_on) FROM contracts_meetingmove
    WHERE meeting_id = NEW.id ORDER BY id DESC LIMIT 1) IS DISTINCT FROM (OLD.state, NEW.state, NEW.meets_on)"""
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {MEETINGS} WHERE id = NEW.meeting_id
    AND state = CASE NEW.from_state WHEN '' THEN NEW.to_state ELSE NEW.from_state END)"""
IS_NOT_CALLED = f"NOT EXISTS (SELECT 1 FROM {MEETINGS} WHERE id = NEW.meeting_id AND state = 'called')"


class Meeting(models.Model):
    """A meeting of the parties. Its day, hour and place may move while it is called."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=160)
    meets_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.CALLED)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_by_name = models.CharField(max_length=200)
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "title", "meets_on"],
                condition=~Q(state="cancelled"),
                name="a_meeting_is_called_once_for_a_day",
            ),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="a_meeting_is_in_a_known_state"),
            models.CheckConstraint(condition=~Q(title=""), name="a_meeting_says_what_it_is"),
        ]
        triggers = [
            pgtrigger.Protect(name="meetings_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_meeting_starts_called", "NEW.state <> 'called'", pgtrigger.Insert),
            refuses("a_meeting_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            refuses("a_meeting_moves_with_its_row", MOVES_WITHOUT_ROW, pgtrigger.Update),
            pgtrigger.Protect(
                name="a_meeting_stays_what_it_was_called_for",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "agreement_id", "title", "called_by_id", "called_by_name", "called_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.meets_on:%-d %B %Y}"


class MeetingMove(models.Model):
    """One move of a meeting: called, moved to another day, held or cancelled. Never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=MeetingState, blank=True)
    to_state = models.CharField(max_length=12, choices=MeetingState)
    meets_on = models.DateField(help_text="The meeting's day from then on.")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="When it was recorded.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_state__in=MeetingState.values), name="a_meeting_move_leads_to_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(from_state="") | Q(to_state="held") | ~Q(reason=""),
                name="a_meeting_is_moved_or_cancelled_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="meeting_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_meeting_move_starts_where_the_meeting_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.to_state}"


class AgendaItem(models.Model):
    """One item of a meeting's agenda, as it stood when the meeting was held. Never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    what = models.CharField(max_length=600)
    detail = models.CharField(max_length=600, blank=True)
    who = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True, help_text="Its page in the portal.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="an_agenda_has_one_item_at_a_place"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(heading=""), name="an_agenda_item_says_what_it_is"),
        ]
        triggers = [
            pgtrigger.Protect(name="agenda_items_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("the_agenda_of_a_held_meeting_stays", IS_NOT_CALLED, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.what}"


class MeetingNote(models.Model):
    """What was said at a meeting, in short. Never changed; a correction is another note."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_note_of_a_meeting_says_something")]
        triggers = [
            pgtrigger.Protect(name="meeting_notes_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses(
                "only_a_held_meeting_has_notes",
                f"NOT EXISTS (SELECT 1 FROM {MEETINGS} WHERE id = NEW.meeting_id AND state = 'held')",
                pgtrigger.Insert,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: note by {self.by_name}"
