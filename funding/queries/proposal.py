"""What the portal would have certified for a month: instalments, deductions worked out, and what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import money, month_name
from contracts.models import Agreement, Organisation
from funding.draft_items import NOTHING, DraftItem, added, deducted
from funding.empty_posts import posts_as_kept, sentence_of
from funding.models import Direction, ItemKind
from funding.queries.corrections import corrections_of
from funding.queries.paid_months import paid_months
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls
from funding.queries.withheld import Withheld, given_back, withheld
from funding.queries.withheld_late import withheld_too_late
from funding.queries.withholding_notices import withholding_notices
from funding.withheld_items import given_back_item, withheld_item


@dataclass(frozen=True, slots=True)
class Proposal:
    """A month's instalments and the items worked out for it; `unknown` says what could not be worked out and why."""

    agreement: Agreement
    payer: Organisation
    month: date
    instalments: tuple[ElementInstalment, ...]
    items: tuple[DraftItem, ...]
    unknown: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    withheld: tuple[Withheld, ...] = ()

    @property
    def due(self) -> Decimal:
        """The sum of the instalments, in pounds."""
        return sum((one.due for one in self.instalments), NOTHING)

    @property
    def deducted(self) -> Decimal:
        """The sum of the deductions worked out."""
        return deducted(self.items)

    @property
    def added(self) -> Decimal:
        """The sum of the additions worked out."""
        return added(self.items)

    @property
    def to_pay(self) -> Decimal:
        """What is to pay with every item worked out."""
        return self.to_pay_with(self.items)

    @property
    def may_be_certified(self) -> bool:
        """Whether there is an instalment to pay; without one, only a correction that adds money is."""
        return bool(self.instalments) or self.added > 0

    def to_pay_with(self, items: Sequence[DraftItem]) -> Decimal:
        """What is to pay with these items and no others."""
        return self.due - deducted(items) + added(items)


def proposal(agreement: Agreement, payer: Organisation, month: date) -> Proposal:
    """What `payer` would pay for `month` by today's funding lines, accepted returns, notices and earlier payments."""
    due = instalments(agreement, [month], [payer])
    short = shortfalls(agreement, due)
    own = tuple(_item(one) for one in short if one.amount)
    notices = withholding_notices(agreement)
    held = withheld(notices, due, {(item.element.pk, month): item.amount for item in own})
    own += tuple(withheld_item(one) for one in held if one.amount)
    room = {one.element.pk: one.due for one in due}
    for item in own:
        room[item.element.pk] -= item.amount
    paid = paid_months(agreement, payer, notices)
    back = tuple(given_back_item(one, month) for one in given_back(agreement, payer, notices, month, paid=paid))
    earlier = corrections_of(paid, month, room)
    unknown = (
        *(_unknown(one) for one in short if one.amount is None),
        *withheld_too_late(paid, notices, month),
        *earlier.unknown,
    )
    return Proposal(agreement, payer, month, due, own + back + earlier.items, unknown, short, held)


def _item(short: Shortfall) -> DraftItem:
    assert short.posts is not None
    assert short.amount is not None
    return DraftItem(
        element=short.element,
        direction=Direction.DEDUCTION,
        kind=ItemKind.SHORTFALL,
        amount=short.amount,
        for_month=short.month,
        reason=f"{sentence_of(short.posts)} in {month_name(short.month)}: {money(short.amount)} of the instalment "
        f"of {money(short.instalment)}{short.note}",
        version_id=short.version_id,
        basis=posts_as_kept(short.amount, short.posts, short.sources, short.rate.pk),
    )


def _unknown(short: Shortfall) -> str:
    return (
        f"The empty posts of {short.element.short_name} in {month_name(short.month)} are not known. {short.why_not} "
        "Once they are, the difference is proposed with a later payment."
    )
