"""Contract notices that withhold payment, for tests of the money: each move as a row, as the database asks for."""

from datetime import date, datetime, time

from django.db import transaction

from contracts.actions.notice_withholding import keep_what_is_withheld
from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, NoticeMove, Role
from tests.kent import LONDON, Kent

S = NoticeStage
TO_WITHHOLDING = (S.MEETING, S.PLAN, S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)
JUNE_3, JULY_10 = date(2019, 6, 3), date(2019, 7, 10)


def withholding_notice(
    kent: Kent,
    began: date = JUNE_3,
    element: str | None = "ehu",
    kind: str = "contract-performance-notice",
    recorded: date | None = None,
) -> Notice:
    """A Contract Performance Notice about Early Help, or another, whose payment is withheld since `began`."""
    of_kind = kent.agreement.notice_kinds.get(code=kind)
    notice = Notice.objects.create(
        agreement=kent.agreement,
        kind=of_kind,
        subject="Early Help caseload",
        reason="191 children against a target of 300.",
        element=kent.agreement.elements.get(code=element) if element else None,
        asked_by=kent.people[Role.COUNCIL_COMMISSIONER],
        asked_by_name="Alex Morgan",
        asked_at=_at(date(2019, 1, 2)),
    )
    _row(kent, notice, "", S.ASKED, date(2019, 1, 2))
    notice.year, notice.served_on = 2019, date(2019, 1, 8)
    notice.number = 1 + kent.agreement.notices.filter(kind=of_kind, number__isnull=False).count()
    notice.served_by = kent.people[Role.COORDINATING_COMMISSIONER]
    own = set(of_kind.steps.values_list("stage", flat=True))
    for stage in (stage for stage in TO_WITHHOLDING if stage in own):
        is_last = stage is S.WITHHOLDING
        moved(kent, notice, stage, began if is_last else date(2019, 1, 8), recorded if is_last else None)
    return notice


@transaction.atomic
def moved(kent: Kent, notice: Notice, to: NoticeStage, on: date, recorded: date | None = None) -> Notice:
    """The notice moved on a day, recorded that evening or on the evening of another day."""
    move = _row(kent, notice, notice.stage, to, on, recorded)
    if to is S.WITHHOLDING:
        keep_what_is_withheld(move)
    notice.stage = to
    notice.save(update_fields=["stage", "year", "number", "served_on", "served_by"])
    return notice


def put_right(kent: Kent, notice: Notice, on: date = JULY_10) -> Notice:
    """The notice closed because it was put right."""
    return moved(kent, notice, S.RESOLVED, on)


def _row(
    kent: Kent, notice: Notice, before: str, to: NoticeStage, on: date, recorded: date | None = None
) -> NoticeMove:
    by, at = kent.people[Role.COORDINATING_COMMISSIONER], _at(recorded or on)
    return NoticeMove.objects.create(
        notice=notice, from_stage=before, to_stage=to, on=on, by=by, by_name=by.name, at=at, reason="As agreed"
    )


def _at(on: date) -> datetime:
    return datetime.combine(on, time(17), LONDON)
