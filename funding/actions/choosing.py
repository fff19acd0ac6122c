"""What a certifier may deduct and add: what the portal worked out, as it is now, and notices and decisions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from contracts.formatting import money, month_name
from contracts.models import Agreement
from funding.actions.refusals import CannotPay
from funding.draft_items import NOTHING, DraftItem
from funding.instalments import PENNY
from funding.models import Direction, ItemKind
from funding.queries.decisions import taken_decisions
from funding.queries.proposal import Proposal
from funding.queries.withholding_notices import withholding_notices

LARGEST = Decimal(10_000_000_000)
REASON_LENGTH, NOTICE_LENGTH = 500, 60


def chosen(proposal: Proposal, items: Sequence[DraftItem]) -> tuple[DraftItem, ...]:
    """The items to certify; of what is worked out, as the portal works it out now.

    Raises `CannotPay` for one that is not in whole pence, rests on nothing, is no longer what the portal works out, or
    takes more than an element is due.
    """
    for item in items:
        _refuse_no_amount(item)
    is_worked_out = [item for item in items if item.is_worked_out]
    entered = [item for item in items if not item.is_worked_out]
    for item in entered:
        _refuse_unfounded(proposal, item)
    _refuse_held_notices(proposal, [item for item in entered if item.kind == ItemKind.NOTICE])
    together = (*_as_now(proposal, is_worked_out), *entered)
    _refuse_more_than_due(proposal, together)
    return together


def _refuse_no_amount(item: DraftItem) -> None:
    is_amount = item.amount.is_finite() and 0 < item.amount < LARGEST
    if not is_amount or item.amount != item.amount.quantize(PENNY):
        raise CannotPay(f"Give each amount above zero and in whole pence: {item.amount} pounds is not.")


def _refuse_unfounded(proposal: Proposal, item: DraftItem) -> None:
    reason, notice = item.reason.strip(), item.notice.strip()
    if not reason:
        raise CannotPay(f"Give a reason for the {item.direction} of {money(item.amount)}.")
    if len(reason) > REASON_LENGTH or len(notice) > NOTICE_LENGTH:
        raise CannotPay(f"Keep a reason to {REASON_LENGTH} characters and a notice’s reference to {NOTICE_LENGTH}.")
    if item.kind == ItemKind.NOTICE and not notice:
        raise CannotPay(f"Name the notice that the {item.direction} of {money(item.amount)} rests on.")
    if item.kind == ItemKind.DECISION and not _has_decision(proposal.agreement, item):
        raise CannotPay(f"Choose the decision of this agreement, taken already, that the {item.direction} rests on.")
    if item.element.agreement_id != proposal.agreement.pk:
        raise CannotPay(f"{item.element.short_name} is not an element of this agreement.")
    if item.for_month.day != 1 or item.for_month > proposal.month:
        raise CannotPay(f"A {item.direction} is for {month_name(proposal.month)} or a month before it.")


def _refuse_held_notices(proposal: Proposal, entered: Sequence[DraftItem]) -> None:
    """What the portal works out under a notice would be withheld twice by hand, and never be released."""
    if not entered:
        return
    held = {_compared(one.reference): one.reference for one in withholding_notices(proposal.agreement)}
    for item in entered:
        if reference := held.get(_compared(item.notice)):
            raise CannotPay(
                f"What {reference} withholds and gives back is worked out by the portal, so it is not entered: take "
                f"the {item.direction} of {money(item.amount)} out. For a month that was certified already, take back "
                "its payment with a counter-entry and certify that month again."
            )


def _compared(reference: str) -> str:
    return "".join(reference.split()).casefold()


def _has_decision(agreement: Agreement, item: DraftItem) -> bool:
    return item.decision_id is not None and taken_decisions(agreement).filter(pk=item.decision_id).exists()


def _as_now(proposal: Proposal, items: Iterable[DraftItem]) -> tuple[DraftItem, ...]:
    """The same items as the portal works them out now, each once."""
    now = {item.key: item for item in proposal.items}
    asked: dict[str, DraftItem] = {}
    for item in items:
        if item.key in asked:
            raise CannotPay(f"The {item.direction} for {item.element.short_name} is there twice: {item.reason}.")
        asked[item.key] = item
        same = now.get(item.key)
        if same is None or same.change != item.change:
            then, found = money(item.change), money(same.change) if same else "nothing"
            raise CannotPay(
                f"The amounts changed since the page was opened: {item.element.short_name}, "
                f"{month_name(item.for_month)}, was {then} and is {found} now. Look at the page again."
            )
    return tuple(now[key] for key in asked)


def _refuse_more_than_due(proposal: Proposal, items: Iterable[DraftItem]) -> None:
    taken: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    given = defaultdict(lambda: NOTHING, {one.element.pk: one.due for one in proposal.instalments})
    names = {}
    for item in items:
        names[item.element.pk] = item.element.short_name
        (given if item.direction == Direction.ADDITION else taken)[item.element.pk] += item.amount
    for key, pounds in taken.items():
        if pounds > given[key]:
            raise CannotPay(
                f"The deduction of {money(pounds)} is above the instalment of {money(given[key])} for {names[key]} "
                "with what is added to it: deduct less now and the rest with a later payment."
            )
