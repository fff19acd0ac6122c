"""The one reading of an agreement's money that pages and commands add up: payments, funding lines and open books."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from contracts.agreement_months import months_of
from contracts.models import Agreement, ServiceElement
from contracts.periods import add_months, months_between
from funding.charges import Charge
from funding.ledger import Ledger
from funding.money_sums import Entry, entry_of
from funding.payers import councils_of
from funding.queries.deducted import charges
from funding.queries.funding_lines import funding_lines
from funding.queries.spending import Place, Spending, spending


def ledger_of(
    agreement: Agreement, month: date, as_at: datetime | None = None, *, sees_payments: bool = True
) -> Ledger:
    """The money from the first return's month up to `month`; who sees no payments learns of approved ones alone."""
    months = months_between(months_of(agreement).first_shown(month), add_months(month, 1))
    return ledger_over(agreement, months, as_at, sees_payments=sees_payments)


def ledger_over(
    agreement: Agreement, months: Sequence[date], as_at: datetime | None = None, *, sees_payments: bool = True
) -> Ledger:
    """The money of `months`, at least one and in order. As many queries for one as for many."""
    held = charges(agreement, months, as_at, sees_payments=sees_payments)
    by_place: dict[Place, list[Charge]] = defaultdict(list)
    for charge in held.charges:
        by_place[charge.element.pk, charge.month].append(charge)
    books = spending(agreement, months, as_at)
    elements = _elements(agreement, held.charges, as_at)
    entries = tuple(_entries(elements, months, by_place, books))
    with_money = {entry.element for entry in entries}
    return Ledger(
        agreement=agreement,
        months=tuple(months),
        elements=tuple(one for one in elements if one.code in with_money),
        entries=entries,
        charges={place: tuple(of_place) for place, of_place in by_place.items()},
        books=books,
        payments=held.payments,
        not_met=held.not_met,
        corrections=held.corrections,
    )


def _elements(agreement: Agreement, held: Iterable[Charge], as_at: datetime | None) -> list[ServiceElement]:
    """What councils pay for, or paid for, at any time: so each span of months has the same."""
    funded = funding_lines(agreement, as_at, of=Q(funder__in=councils_of(agreement), element__isnull=False))
    elements = {one.element.pk: one.element for one in funded if one.element}
    elements |= {charge.element.pk: charge.element for charge in held}
    return sorted(elements.values(), key=lambda element: (element.position, element.pk))


def _entries(
    elements: Iterable[ServiceElement], months: Iterable[date], by_place: dict[Place, list[Charge]], books: Spending
) -> Iterable[Entry]:
    """An entry for each month that an element has an instalment of, or that its open book has a cost in."""
    every = list(elements)
    for month in months:
        for element in every:
            held = by_place.get((element.pk, month), [])
            spent = books.spent(element.pk, month).amount
            if held or spent is not None:
                yield entry_of(element.code, month, held, spent)
