"""Asking for a notice, and what becomes of what was asked for: served, declined or taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from contracts.actions.asked_again import AskedNotice, asked_before
from contracts.actions.entitled import Acting, entitled
from contracts.actions.holding import SOMEBODY_ACTED, held_where_it_was, hold_agreement, stands
from contracts.actions.notice_evidence import write_evidence
from contracts.actions.notice_steps import record_event, record_move, refuse_day, write_move
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed
from contracts.audit import Actor
from contracts.formatting import day
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.levers.who_may import first_stages
from contracts.models import Agreement, Notice, NoticeKind, Occasion
from contracts.permissions import Permission
from contracts.queries.organisations_of_people import are_colleagues

__all__ = ["AskedNotice", "ask_for_notice", "decline_notice", "serve_notice", "take_back_notice"]

S = NoticeStage
SHOWN_SUBJECT = 120


@transaction.atomic
def ask_for_notice(
    agreement: Agreement, *, asked: AskedNotice, evidence: Sequence[QuotedFigure] = (), by: Actor, at: datetime
) -> Notice:
    """Ask for a contract lever, with the figures that it rests on as they stand. The provider does not see it yet.

    The last one that the person asked for where it is the same again, because a button was pressed twice.
    """
    acting = entitled(agreement, Permission.ASK_FOR_NOTICE, by)
    _refuse_things_of_others(agreement, asked)
    asked = _as_kept(asked)
    hold_agreement(agreement)
    last = asked_before(agreement, asked, evidence, acting.person)
    if last is not None:
        return last
    notice = Notice.objects.create(
        agreement=agreement,
        kind=asked.kind,
        subject=asked.subject,
        reason=asked.reason,
        element=asked.element,
        asked_by=acting.person,
        asked_by_name=by.name,
        asked_at=at,
    )
    write_move(notice, "", on=_day_of(at), acting=acting, at=at, reason=notice.reason)
    quoted = write_evidence(notice, Occasion.ASKED, evidence)
    record_event("notice asked for", notice, by=by, stage=notice.stage, reason=notice.reason, figures=len(quoted))
    return notice


@transaction.atomic
def serve_notice(
    notice: Notice,
    *,
    served_on: date,
    by: Actor,
    at: datetime,
    evidence: Sequence[QuotedFigure] = (),
    to: NoticeStage | None = None,
) -> Notice:
    """Serve what somebody else asked for: it gets its number, and the clock of its first stage starts.

    `to` chooses among the first stages of a kind that has several and no meeting; the first of the ladder otherwise.
    """
    served = held_where_it_was(notice)
    acting = entitled(served.agreement, Permission.ISSUE_NOTICE, by)
    _refuse_unless_asked(served, "served")
    _refuse_service(served, acting, served_on, today=_day_of(at))
    first = _first_stage(served, to)
    served.served_on, served.served_by = served_on, acting.person
    served.year, served.number = served_on.year, _next_number(served, served_on.year)
    quoted = write_evidence(served, Occasion.SERVED, evidence)
    record_move(served, first, on=served_on, acting=acting, at=at)
    record_event(
        "notice served",
        served,
        by=by,
        before={"stage": S.ASKED},
        stage=first,
        number=served.short_number,
        served_on=served_on,
        figures=len(quoted),
    )
    return served


@transaction.atomic
def decline_notice(notice: Notice, *, reason: str, by: Actor, at: datetime) -> Notice:
    """Decline to serve what was asked for, for a reason."""
    declined = held_where_it_was(notice)
    acting = entitled(declined.agreement, Permission.ISSUE_NOTICE, by)
    _refuse_unless_asked(declined, "declined")
    why = needed(reason, "The reason for declining the notice")
    refuse_day(declined, _day_of(at), today=_day_of(at), what="Declining")
    record_move(declined, S.DECLINED, on=_day_of(at), acting=acting, at=at, reason=why)
    record_event("notice declined", declined, by=by, before={"stage": S.ASKED}, stage=S.DECLINED, reason=why)
    return declined


@transaction.atomic
def take_back_notice(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Take back what was asked for: by who asked, or by a colleague of theirs."""
    taken_back = held_where_it_was(notice)
    acting = entitled(taken_back.agreement, Permission.ASK_FOR_NOTICE, by)
    _refuse_unless_asked(taken_back, "taken back")
    if not are_colleagues(acting.person.pk, taken_back.asked_by_id, taken_back.agreement):
        raise Refused(f"{taken_back.asked_by_name} asked for this notice: they or a colleague of theirs take it back.")
    refuse_day(taken_back, _day_of(at), today=_day_of(at), what="Taking it back")
    record_move(taken_back, S.TAKEN_BACK, on=_day_of(at), acting=acting, at=at)
    record_event("notice taken back", taken_back, by=by, before={"stage": S.ASKED}, stage=S.TAKEN_BACK)
    return taken_back


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


def _as_kept(asked: AskedNotice) -> AskedNotice:
    subject = needed(asked.subject, "What the notice is about", SHOWN_SUBJECT)
    return replace(asked, subject=subject, reason=needed(asked.reason, "The reason for the notice"))


def _refuse_things_of_others(agreement: Agreement, asked: AskedNotice) -> None:
    if asked.kind.agreement_id != agreement.pk:
        raise Refused("This kind of notice is of another agreement. Choose one of this agreement’s.")
    if asked.element is not None and asked.element.agreement_id != agreement.pk:
        raise Refused("This element is of another agreement. Choose one of this agreement’s.")


def _refuse_unless_asked(notice: Notice, done: str) -> None:
    if notice.stage != S.ASKED:
        raise Refused(f"{notice} {stands(notice)} now, so it cannot be {done}. {SOMEBODY_ACTED}")


def _refuse_service(notice: Notice, acting: Acting, on: date, *, today: date) -> None:
    if notice.asked_by_id == acting.person.pk:
        raise Refused("You asked for this notice, so somebody else serves it.")
    refuse_day(notice, on, today=today, what="Service")
    starts, ends = notice.agreement.starts_on, notice.agreement.ends_on
    if not starts <= on < ends:
        raise Refused(
            f"Service cannot be on {day(on)}: the agreement runs from {day(starts)} and ends before {day(ends)}."
        )


def _first_stage(notice: Notice, to: NoticeStage | None) -> NoticeStage:
    stages = first_stages(notice)
    if not stages:
        raise Refused(
            f"{notice.kind.name} has no stage that service leads to. An administrator adds its stages in the admin "
            "site."
        )
    if to is not None and to not in stages:
        raise Refused(f"Service of this kind of notice does not lead to “{to.label}”.")
    return to or stages[0]


def _next_number(notice: Notice, year: int) -> int:
    """The next number of its kind in `year`. Who serves one of a kind waits for who serves another."""
    NoticeKind.objects.select_for_update(no_key=True).get(pk=notice.kind_id)
    numbered = Notice.objects.filter(agreement=notice.agreement_id, kind=notice.kind_id, year=year)
    return (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
