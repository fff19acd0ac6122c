"""The one place where a notice moves: its row, its stage, its clocks, and whatever follows from a move."""

from datetime import date, datetime

from django.db.models import Max

from contracts import audit
from contracts.actions.entitled import Acting
from contracts.actions.notice_clock import end_clock, start_clock
from contracts.actions.notice_letters import write_letter
from contracts.actions.notice_mails import tell_of
from contracts.actions.notice_withholding import keep_what_is_withheld
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.formatting import day
from contracts.levers.ladder import STEPS, NoticeStage
from contracts.models import Notice, NoticeMove

SERVED = ("year", "number", "served_on", "served_by")


def record_move(
    notice: Notice, to: NoticeStage, *, on: date, acting: Acting, at: datetime, reason: str = ""
) -> NoticeMove:
    """Move a notice that is held: the old stage's clock ends, the new one's starts. No event: the action writes it.

    What service gave the notice (its number, year and day) is kept in the same breath, and so is the term of what it
    withholds. The letter of a move is written here and nowhere else.
    """
    before, notice.stage = notice.stage, to
    # The row first: the database moves a notice only with it.
    move = write_move(notice, before, on=on, acting=acting, at=at, reason=reason)
    if to == NoticeStage.WITHHOLDING:
        keep_what_is_withheld(move)
    notice.save(update_fields=["stage", *SERVED])
    end_clock(notice, on=on, by=acting, at=at)
    if to in STEPS:
        start_clock(notice, on=on)
    write_letter(move, at=at)
    return move


def write_move(notice: Notice, before: str, *, on: date, acting: Acting, at: datetime, reason: str = "") -> NoticeMove:
    """The row of a move from `before` to the stage that the notice is in."""
    return NoticeMove.objects.create(
        notice=notice,
        from_stage=before,
        to_stage=notice.stage,
        on=on,
        by=acting.person,
        by_name=acting.person.get_full_name(),
        at=at,
        reason=reason,
    )


def refuse_day(notice: Notice, on: date, *, today: date, what: str) -> None:
    """Refuse a day in the future, or before the notice's last move. `what` begins the sentence: "The move"."""
    if on > today:
        raise Refused(f"{what} cannot be on {day(on)}: that is in the future. Give a day up to {day(today)}.")
    last = notice.moves.aggregate(last=Max("on"))["last"]
    if last is not None and on < last:
        raise Refused(
            f"{what} cannot be on {day(on)}: the last step of this notice was on {day(last)}. Give that day or a "
            "later one."
        )


def record_event(action: str, notice: Notice, *, by: Actor, before: object = None, **after: object) -> None:
    """Write the one event of an action on a notice, and whom it is mailed to."""
    said = {name: value for name, value in after.items() if value not in ("", None)}
    event = audit.record(action, by=by, agreement=notice.agreement, subject=str(notice), before=before, after=said)
    tell_of(event, notice)
