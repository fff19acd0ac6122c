"""Months that were paid before it was recorded that a notice withholds of them, in sentences."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from funding.queries.paid_months import PaidMonth
from funding.queries.withholding_notices import WithholdingNotice
from funding.withheld_words import TooLate, too_late_in_words
from funding.withholding import within


def withheld_too_late(paid: Sequence[PaidMonth], notices: Sequence[WithholdingNotice], month: date) -> tuple[str, ...]:
    """What notices should have withheld of the months before `month` and did not, for they came to it too late.

    It is said with the certificates until one of a later month was certified after it was recorded: that one said it.
    """
    return tuple(said for one in paid if one.month < month for said in _of_month(one, paid, notices))


def _of_month(one: PaidMonth, paid: Sequence[PaidMonth], notices: Sequence[WithholdingNotice]) -> Iterator[str]:
    late = [notice for notice in notices if _is_too_late(one, notice) and not _is_told(paid, one.month, notice)]
    amounts = within([notice.withholding.part_of(one.now.due) for notice in late], one.now.net)
    for notice, amount in zip(late, amounts, strict=True):
        if amount and one.line:
            on = [timezone.localtime(at).date() for at in (one.line.payment.certified_at, notice.recorded_at)]
            yield too_late_in_words(
                TooLate(notice.reference, one.element.short_name, amount, one.month, notice.began_on, *on)
            )


def _is_too_late(one: PaidMonth, notice: WithholdingNotice) -> bool:
    """Whether the month was certified before it was recorded that the notice withholds of it.

    What would go back again is not asked for; what was left out of a certificate on purpose neither.
    """
    if one.line is None or notice.recorded_at <= one.line.payment.certified_at:
        return False
    is_known = notice.notice.pk in one.withheld or any(kept["notice"] == notice.notice.pk for kept in one.line.withheld)
    withholding = notice.withholding
    return notice.is_of(one.element) and withholding.covers(one.month) and not withholding.goes_back and not is_known


def _is_told(paid: Sequence[PaidMonth], month: date, notice: WithholdingNotice) -> bool:
    since: datetime = notice.recorded_at
    return any(one.line and one.month > month and one.line.payment.certified_at > since for one in paid)
