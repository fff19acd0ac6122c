"""What would be certified for the months without a payment, by funding lines, returns and payments."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.models import Agreement, Organisation
from contracts.periods import add_months
from funding.charges import Charge, Reason
from funding.draft_items import DraftItem
from funding.empty_posts import deduction_in_words
from funding.models import Direction, PaymentKind
from funding.money_sums import NOTHING, known_sum
from funding.payment_moves import PaymentState
from funding.queries.corrections import corrections
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls
from funding.queries.withheld import withheld
from funding.queries.withheld_reasons import given_back_reasons, withheld_reason
from funding.queries.withholding_notices import withholding_notices

Place = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One council's charges of the months asked for, and every correction proposed, of whatever month."""

    charges: tuple[Charge, ...]
    corrections: tuple[Reason, ...]


def proposed_charges(
    agreement: Agreement,
    payer: Organisation,
    unpaid: Sequence[date],
    as_at: datetime | None,
    states: Collection[PaymentState],
) -> Proposed:
    """What `payer` would pay for `unpaid`; `states` are those of the payments that count as made or under way.

    A correction stands in the first month without a payment after the one that it corrects, and what a notice gives
    back in the first from the month it ended in: the payment that is certified next proposes it. Of an earlier day
    (`as_at`) neither is worked out.
    """
    paid = set() if as_at else _paid_months(agreement, payer, states)
    firsts = sorted({add_months(month, 1) for month in paid} - paid)
    due = instalments(agreement, sorted({*unpaid, *firsts}), [payer], as_at)
    found = {(one.element.pk, one.month): one for one in shortfalls(agreement, due, as_at)}
    notices = withholding_notices(agreement, as_at)
    held = {(one.element.pk, one.month): _charge(payer, one, found.get((one.element.pk, one.month))) for one in due}
    taken = {place: _taken(charge) for place, charge in held.items()}
    for one in withheld(notices, due, taken):
        if one.amount:
            _add(held, withheld_reason(one, payer))
    corrected = tuple(_corrections(agreement, payer, firsts, held, paid))
    back = () if as_at else given_back_reasons(agreement, payer, notices, paid, states)
    for reason in (*corrected, *back):
        _add(held, reason)
    return Proposed(tuple(one for one in held.values() if one.month in unpaid), corrected)


def _add(held: dict[Place, Charge], reason: Reason) -> None:
    place = (reason.element.pk, reason.month)
    charge = held.get(place) or Charge(reason.element, reason.month, reason.payer, NOTHING, (), ())
    held[place] = replace(charge, reasons=(*charge.reasons, reason))


def _paid_months(agreement: Agreement, payer: Organisation, states: Collection[PaymentState]) -> set[date]:
    paid = agreement.payments.filter(payer=payer, kind=PaymentKind.PAYMENT, state__in=states)
    return set(paid.values_list("month", flat=True))


def _corrections(
    agreement: Agreement, payer: Organisation, firsts: Sequence[date], held: Mapping[Place, Charge], paid: set[date]
) -> Iterator[Reason]:
    """What the certificates of `firsts` would correct, each earlier month once."""
    told: set[date] = set()
    for first in firsts:
        room = {one.element.pk: one.due - _taken(one) for one in held.values() if one.month == first}
        for item in corrections(agreement, payer, first, room).items:
            if item.for_month in paid and item.for_month not in told:
                yield _corrected(item, payer, first)
        told |= {month for month in paid if month < first}


def _taken(charge: Charge) -> Decimal:
    return known_sum(reason.amount for reason in charge.reasons) or NOTHING


def _corrected(item: DraftItem, payer: Organisation, month: date) -> Reason:
    source: dict[str, Any] = next(iter(item.basis["now"]["sources"]), {})
    return Reason(
        element=item.element,
        month=month,
        payer=payer,
        words=f"{item.element.short_name}: {item.reason}",
        amount=item.amount,
        is_addition=item.direction == Direction.ADDITION,
        for_month=item.for_month,
        return_month=item.for_month if source else None,
        version=source.get("version"),
    )


def _charge(payer: Organisation, one: ElementInstalment, empty: Shortfall | None) -> Charge:
    reasons = () if empty is None or empty.amount == 0 else (_reason(payer, one, empty),)
    return Charge(one.element, one.month, payer, one.due, one.terms, reasons)


def _reason(payer: Organisation, one: ElementInstalment, empty: Shortfall) -> Reason:
    source = next(iter(empty.sources), {})
    return Reason(
        element=one.element,
        month=one.month,
        payer=payer,
        words=_words(one, empty),
        amount=empty.amount,
        why_not=empty.why_not,
        is_illustrative=empty.rate.is_illustrative,
        source=empty.rate.source,
        return_month=one.month if source else None,
        version=source.get("version"),
    )


def _words(one: ElementInstalment, empty: Shortfall) -> str:
    if empty.posts is None:
        return (
            f"What empty posts in {one.element.name} take off cannot be worked out. {empty.why_not.removesuffix('.')}"
        )
    return deduction_in_words(one.element.name, one.due, empty.posts, empty.rate.pounds_per_wte) + empty.note
