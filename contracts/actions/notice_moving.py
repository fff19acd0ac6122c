"""Moving a notice that was served up and down its ladder, one stage at a time."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts.actions.entitled import entitled
from contracts.actions.holding import SOMEBODY_ACTED, held_where_it_was, stands
from contracts.actions.move_conditions import refuse_unmet_conditions
from contracts.actions.notice_steps import record_event, record_move, refuse_day
from contracts.actions.refusals import Refused
from contracts.actions.writing import written
from contracts.audit import Actor
from contracts.levers.ladder import BEFORE_SERVICE, Move, NoticeStage, next_moves
from contracts.levers.who_may import steps_of
from contracts.levers.wording import name_of_stage
from contracts.models import Notice


@transaction.atomic
def move_notice(notice: Notice, *, to: NoticeStage, on: date, by: Actor, at: datetime, reason: str = "") -> Notice:
    """Move a notice that was served to `to`, as it happened on the day `on`; the notice as it then is.

    `notice` is as who acts saw it: where it has moved since, nothing is done. Agreeing a plan is `agree_plan`.
    """
    moved = held_where_it_was(notice)
    before = moved.stage
    move = _move_in_the_table(moved, to)
    acting = entitled(moved.agreement, move.permission, by)
    why = _reason(moved, to, move, reason)
    refuse_day(moved, on, today=timezone.localtime(at).date(), what="This step")
    refuse_unmet_conditions(moved, to, on=on, reason=why)
    record_move(moved, to, on=on, acting=acting, at=at, reason=why)
    record_event("notice moved", moved, by=by, before={"stage": before}, stage=to, on=on, reason=why)
    return moved


def _move_in_the_table(notice: Notice, to: NoticeStage) -> Move:
    if notice.stage in BEFORE_SERVICE:
        raise Refused(f"{notice} {stands(notice)}, so it has no further step before it is served.")
    move = next_moves(NoticeStage(notice.stage), steps_of(notice)).get(to)
    if move is None:
        wanted = name_of_stage(to, steps_of(notice))
        raise Refused(f"{notice} {stands(notice)} now, and “{wanted}” does not come next. {SOMEBODY_ACTED}")
    return move


def _reason(notice: Notice, to: NoticeStage, move: Move, reason: str) -> str:
    why = written(reason, "The reason")
    if move.needs_reason and not why:
        raise Refused(f"Say why this notice moves to “{name_of_stage(to, steps_of(notice))}”: the provider reads it.")
    return why
