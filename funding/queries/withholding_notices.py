"""The notices of an agreement that withhold, or withheld, of its payments, by what was set when they came to it."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.levers.ladder import NoticeStage
from contracts.models import Agreement, Notice, NoticeMove, NoticeWithholding, ServiceElement, WithholdingBasis
from funding.withholding import Ending, Withholding


@dataclass(frozen=True, slots=True)
class WithholdingNotice:
    """A notice that came to withholding; `kept` is its term as it was then, `recorded_at` when that was recorded."""

    notice: Notice
    kept: NoticeWithholding
    withholding: Withholding
    recorded_at: datetime

    @property
    def reference(self) -> str:
        """How items and sentences name it: "CPN 2019/02"."""
        return f"{self.notice.kind.abbreviation} {self.notice.short_number}"

    @property
    def began_on(self) -> date:
        """The first day of withholding."""
        return self.withholding.began_on

    @property
    def is_checked(self) -> bool:
        """Whether what it withholds was found in the contract."""
        return bool(self.kept.checked_reference)

    def is_of(self, element: ServiceElement) -> bool:
        """Whether it withholds of the element's instalment; of every one where it is of the whole payment."""
        return self.kept.basis == WithholdingBasis.AGREEMENT or self.notice.element_id == element.pk


def withholding_notices(agreement: Agreement, as_at: datetime | None = None) -> tuple[WithholdingNotice, ...]:
    """Every notice that came to withholding as known at `as_at`, None for now, in the order they did. Two queries."""
    rows = NoticeWithholding.objects.filter(move__notice__agreement=agreement)
    kept = rows.select_related("term", "move__notice__kind", "move__notice__element").order_by(
        "move__on", "move__notice"
    )
    begun = [one for one in kept if as_at is None or one.move.at <= as_at]
    if not begun:
        return ()
    ends = NoticeMove.objects.filter(notice__agreement=agreement, from_stage=NoticeStage.WITHHOLDING)
    ended = {move.notice_id: move for move in ends if as_at is None or move.at <= as_at}
    return tuple(_held(one, ended.get(one.move.notice_id)) for one in begun)


def _held(kept: NoticeWithholding, ended: NoticeMove | None) -> WithholdingNotice:
    withholding = Withholding(
        percent=kept.percent,
        began_on=kept.move.on,
        kept_after_months=kept.kept_after_months,
        ended_on=ended.on if ended else None,
        ending=Ending(ended.to_stage) if ended else None,
    )
    return WithholdingNotice(kept.move.notice, kept, withholding, kept.move.at)
