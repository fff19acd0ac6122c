"""The notices of an agreement that withhold, or withheld, of its payments, with the terms that say how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from contracts.formatting import day
from contracts.levers.ladder import NoticeStage
from contracts.models import Agreement, Notice, NoticeMove, ServiceElement, WithholdingBasis, WithholdingTerm
from contracts.periods import is_in_force
from funding.withholding import Ending, Withholding


@dataclass(frozen=True, slots=True)
class WithholdingNotice:
    """A notice that came to withholding; `withholding` is None, with the reason, where no term says how much."""

    notice: Notice
    began_on: date
    term: WithholdingTerm | None
    withholding: Withholding | None
    why_not: str = ""

    @property
    def reference(self) -> str:
        """How items and sentences name it: "CPN 2019/02"."""
        return f"{self.notice.kind.abbreviation} {self.notice.short_number}"

    @property
    def is_of_every_element(self) -> bool:
        """Whether it withholds of the whole monthly payment, element by element."""
        return self.term is not None and self.term.basis == WithholdingBasis.AGREEMENT

    def is_of(self, element: ServiceElement) -> bool:
        """Whether it withholds of the element's instalment."""
        return self.is_of_every_element or self.notice.element_id == element.pk


def withholding_notices(agreement: Agreement, as_at: datetime | None = None) -> tuple[WithholdingNotice, ...]:
    """Every notice that came to withholding as known at `as_at`, None for now, in the order they did. Two queries."""
    rows = NoticeMove.objects.filter(notice__agreement=agreement, notice__moves__to_stage=NoticeStage.WITHHOLDING)
    moves = [
        move
        for move in rows.select_related("notice__kind", "notice__element").order_by("pk")
        if as_at is None or move.at <= as_at
    ]
    begun = [move for move in moves if move.to_stage == NoticeStage.WITHHOLDING]
    if not begun:
        return ()
    terms = list(WithholdingTerm.objects.filter(kind__agreement=agreement).order_by("in_force_from"))
    ended = {move.notice_id: move for move in moves if move.from_stage == NoticeStage.WITHHOLDING}
    held = (_held(move, ended.get(move.notice_id), terms) for move in begun)
    return tuple(sorted(held, key=lambda one: (one.began_on, one.notice.pk)))


def _held(began: NoticeMove, ended: NoticeMove | None, terms: Iterable[WithholdingTerm]) -> WithholdingNotice:
    notice = began.notice
    own = (term for term in terms if term.kind_id == notice.kind_id)
    term = next((one for one in own if is_in_force(began.on, one.in_force_from, one.in_force_until)), None)
    if term is None:
        why_not = f"no term of the agreement says how much a {notice.kind.name} withholds on {day(began.on)}"
        return WithholdingNotice(notice, began.on, None, None, why_not)
    if term.basis == WithholdingBasis.ELEMENT and notice.element_id is None:
        why_not = "it names no element, and its term is a part of an element’s instalment"
        return WithholdingNotice(notice, began.on, term, None, why_not)
    withholding = Withholding(
        percent=term.percent,
        began_on=began.on,
        kept_after_months=term.kept_after_months,
        ended_on=ended.on if ended else None,
        ending=Ending(ended.to_stage) if ended else None,
    )
    return WithholdingNotice(notice, began.on, term, withholding)
