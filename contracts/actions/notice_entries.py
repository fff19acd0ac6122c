"""What is said about a notice without moving it: acknowledged, answered, noted."""

from datetime import datetime

from django.db import transaction

from contracts.actions.entitled import entitled
from contracts.actions.holding import held, stands
from contracts.actions.notice_steps import record_event
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed, written
from contracts.audit import Actor
from contracts.levers.ladder import is_open
from contracts.models import EntryKind, Notice, NoticeEntry
from contracts.permissions import Permission

K = EntryKind
PERMISSIONS = {
    K.ACKNOWLEDGED: Permission.ANSWER_NOTICE,
    K.ANSWER: Permission.ANSWER_NOTICE,
    K.NOTE: Permission.NOTE_ON_NOTICE,
}
DONE = {K.ACKNOWLEDGED: "acknowledged", K.ANSWER: "answered", K.NOTE: "noted on"}


@transaction.atomic
def acknowledge_notice(notice: Notice, *, text: str = "", by: Actor, at: datetime) -> NoticeEntry:
    """Acknowledge, once and for the provider, that the notice was received; with a word or without."""
    said_to = held(notice)
    _refuse_unless_running(said_to, K.ACKNOWLEDGED)
    there = said_to.entries.filter(kind=K.ACKNOWLEDGED).first()
    if there is not None:
        raise Refused(f"{there.by_name} acknowledged this notice already.")
    return _add(said_to, K.ACKNOWLEDGED, written(text, "The text"), by=by, at=at)


@transaction.atomic
def answer_notice(notice: Notice, *, text: str, by: Actor, at: datetime) -> NoticeEntry:
    """Answer the notice, for the provider."""
    said_to = held(notice)
    _refuse_unless_running(said_to, K.ANSWER)
    return _add(said_to, K.ANSWER, needed(text, "The answer"), by=by, at=at)


@transaction.atomic
def note_on_notice(notice: Notice, *, text: str, by: Actor, at: datetime) -> NoticeEntry:
    """Add to the record of the notice, which both sides read."""
    said_to = held(notice)
    _refuse_unless_running(said_to, K.NOTE)
    return _add(said_to, K.NOTE, needed(text, "The note"), by=by, at=at)


def _refuse_unless_running(notice: Notice, kind: EntryKind) -> None:
    if not notice.was_served:
        raise Refused(f"{notice} was not served, so it cannot be {DONE[kind]}.")
    if not is_open(notice.stage):
        raise Refused(f"{notice} {stands(notice)}, so it cannot be {DONE[kind]} any more.")


def _add(notice: Notice, kind: EntryKind, text: str, *, by: Actor, at: datetime) -> NoticeEntry:
    """The new entry; the last one where it says the same again, because a button was pressed twice."""
    acting = entitled(notice.agreement, PERMISSIONS[kind], by)
    last = notice.entries.order_by("-pk").first()
    if last is not None and (last.by_id, last.kind, last.text) == (acting.person.pk, kind, text):
        return last
    entry = NoticeEntry.objects.create(
        notice=notice,
        kind=kind,
        text=text,
        by=acting.person,
        by_name=by.name,
        organisation=acting.organisation,
        at=at,
    )
    record_event(f"notice {DONE[kind]}", notice, by=by, text=text, organisation=acting.organisation.short_name)
    return entry
