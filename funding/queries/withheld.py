"""What notices withhold of instalments, and what they give back of sums that payments withheld."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import Agreement, Organisation, ServiceElement
from funding.models import Direction, PaymentItem, PaymentKind
from funding.payment_moves import LIVE, PaymentState
from funding.queries.paid_months import PaidMonth, paid_months
from funding.queries.schedule import ElementInstalment
from funding.queries.withholding_notices import WithholdingNotice
from funding.withheld_words import given_back_in_words, percent_in_words, withheld_in_words
from funding.withholding import NOTHING, to_give_back, within

Place = tuple[int, date]
"""An element's key and a month."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What one notice withholds of one instalment, in pounds, and why; £0.00 where nothing was left of it."""

    of: WithholdingNotice
    element: ServiceElement
    month: date
    instalment: Decimal
    amount: Decimal

    @property
    def words(self) -> str:
        """Why, in one sentence."""
        of = self.of
        return withheld_in_words(of.reference, of.withholding, self.instalment, self.amount, of.is_checked)

    @property
    def basis(self) -> dict[str, Any]:
        """What it was worked out from, as an item keeps it."""
        return {
            "amount": str(self.amount),
            "percent": str(self.of.kept.percent),
            "instalment": str(self.instalment),
            "withholding_term": self.of.kept.term_id,
            "withheld_since": self.of.began_on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What is paid after all of the sums that one notice withheld of one element, by month."""

    of: WithholdingNotice
    element: ServiceElement
    withheld: Mapping[date, Decimal]
    before: Decimal
    amount: Decimal

    @property
    def words(self) -> str:
        """Why, in one sentence."""
        return given_back_in_words(self.of.reference, self.of.withholding, tuple(sorted(self.withheld)))

    @property
    def basis(self) -> dict[str, Any]:
        """What it gives back, as an item keeps it."""
        return {
            "amount": str(self.amount),
            "withheld": {f"{month:%Y-%m}": str(pounds) for month, pounds in sorted(self.withheld.items())},
            "given_back_before": str(self.before),
        }


def withheld(
    notices: Sequence[WithholdingNotice], due: Iterable[ElementInstalment], taken: Mapping[Place, Decimal]
) -> tuple[Withheld, ...]:
    """What the notices withhold of each instalment, after what is `taken` of it otherwise. No queries."""
    return tuple(one for instalment in due for one in _of_instalment(notices, instalment, taken))


def _of_instalment(
    notices: Iterable[WithholdingNotice], due: ElementInstalment, taken: Mapping[Place, Decimal]
) -> Iterator[Withheld]:
    own = [
        (one, one.withholding.part_of(due.due))
        for one in notices
        if one.is_of(due.element) and one.withholding.covers(due.month)
    ]
    room = due.due - taken.get((due.element.pk, due.month), NOTHING)
    amounts = within([part for _, part in own], room)
    for (one, _), amount in zip(own, amounts, strict=True):
        yield Withheld(one, due.element, due.month, due.due, amount)


def given_back(
    agreement: Agreement,
    payer: Organisation,
    notices: Sequence[WithholdingNotice],
    month: date,
    states: Collection[PaymentState] = LIVE,
    paid: Sequence[PaidMonth] | None = None,
) -> tuple[GivenBack, ...]:
    """What the payment of `month` gives back of what the payments in `states` withheld, after what they gave back.

    `paid` are the months that the payer paid, where they were compared already.
    """
    ended = {one.notice.pk: one for one in notices if one.withholding.ended_on}
    if not ended:
        return ()
    rows = PaymentItem.objects.filter(
        contract_notice__in=ended,
        payment__agreement=agreement,
        payment__payer=payer,
        payment__kind=PaymentKind.PAYMENT,
        payment__state__in=states,
    )
    held: dict[tuple[int, int], list[PaymentItem]] = defaultdict(list)
    for item in rows.select_related("element").order_by("element__position", "pk"):
        held[item.contract_notice_id or 0, item.element_id].append(item)
    if not held:
        return ()
    still = _still(paid_months(agreement, payer, notices) if paid is None else paid)
    found = (_given_back(ended[notice], items, month, still) for (notice, _), items in held.items())
    return tuple(one for one in found if one.amount)


def _still(paid: Iterable[PaidMonth]) -> Mapping[tuple[int, Place], Decimal]:
    """What is withheld still by today's instalments, by notice and place: the rest is left to what corrects them."""
    return {(key, (one.element.pk, one.month)): pounds for one in paid for key, pounds in one.still.items()}


def _given_back(
    of: WithholdingNotice, items: Sequence[PaymentItem], month: date, still: Mapping[tuple[int, Place], Decimal]
) -> GivenBack:
    by_month: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    before = NOTHING
    for item in items:
        if item.direction == Direction.DEDUCTION:
            by_month[item.for_month] += item.amount
        else:
            before += item.amount
    element = items[0].element
    owed = {m: min(p, still.get((of.notice.pk, (element.pk, m)), p)) for m, p in by_month.items()}
    amount = to_give_back(of.withholding, owed, before, month)
    if not of.withholding.goes_back:
        owed = {m: p for m, p in owed.items() if not of.withholding.covers(m)}
    return GivenBack(of, element, owed, before, amount)


def kept_withheld(found: Iterable[Withheld]) -> list[dict[str, Any]]:
    """What was worked out, as a payment's line keeps it: a deduction that is left out is known by it."""
    return [
        {
            "notice": one.of.notice.pk,
            "reference": one.of.reference,
            "percent": percent_in_words(one.of.kept.percent),
            "amount": str(one.amount),
        }
        for one in found
        if one.amount
    ]
