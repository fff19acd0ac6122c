"""All the money of an agreement up to a month: entries to add up, and what each number rests on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.agreement_months import months_of
from contracts.models import Agreement, PartyRole, ServiceElement
from contracts.periods import add_months, months_between
from funding.charges import Charge, Reason
from funding.models import Payment
from funding.money_sums import NOTHING, Entry
from funding.queries.deducted import charges
from funding.queries.spending import Cost, Spending, spending
from funding.spent import Spent, spent_of

Place = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The months up to one, the elements that the council pays for, and each element's money in each month."""

    agreement: Agreement
    provider: str
    months: tuple[date, ...]
    elements: tuple[ServiceElement, ...]
    entries: tuple[Entry, ...]
    charges: dict[Place, tuple[Charge, ...]]
    costs: dict[Place, tuple[Cost, ...]]
    spent: dict[Place, Spent]
    payments: dict[date, tuple[Payment, ...]]

    @property
    def names(self) -> dict[str, str]:
        """The elements' short names by their codes."""
        return {element.code: element.short_name for element in self.elements}

    def of_month(self, month: date) -> tuple[Entry, ...]:
        """The entries of one month, in the elements' order."""
        return tuple(one for one in self.entries if one.month == month)

    def of_element(self, element: ServiceElement) -> tuple[Entry, ...]:
        """The entries of one element, month by month."""
        return tuple(one for one in self.entries if one.element == element.code)

    def reasons(self, month: date) -> tuple[Reason, ...]:
        """Why money is deducted or added in `month`."""
        return tuple(
            reason
            for element in self.elements
            for charge in self.charges.get((element.pk, month), ())
            for reason in charge.reasons
        )

    def terms(self, element: ServiceElement, month: date) -> tuple[dict[str, Any], ...]:
        """The funding lines that the element's instalment follows from."""
        return tuple(term for charge in self.charges.get((element.pk, month), ()) for term in charge.terms)


def ledger_of(agreement: Agreement, month: date, as_at: datetime | None = None) -> Ledger:
    """The money of `agreement` from its first return's month up to `month`, as known at `as_at`."""
    months = months_between(months_of(agreement).first_shown(month), add_months(month, 1))
    provider = provider_of(agreement)
    held = charges(agreement, months, as_at)
    by_place: dict[Place, list[Charge]] = defaultdict(list)
    for charge in held.charges:
        by_place[charge.element.pk, charge.month].append(charge)
    elements = {charge.element.pk: charge.element for charge in held.charges}
    books = spending(agreement, months, as_at)
    costs = _costs_by_place(books)
    spent = {
        (element, month): spent_of(costs.get((element, month), ()), books.versions.get(month), month, provider)
        for month in months
        for element in elements
    }
    ordered = tuple(sorted(elements.values(), key=lambda element: (element.position, element.pk)))
    return Ledger(
        agreement=agreement,
        provider=provider,
        months=months,
        elements=ordered,
        entries=tuple(_entries(ordered, months, by_place, spent)),
        charges={place: tuple(of_place) for place, of_place in by_place.items()},
        costs=costs,
        spent=spent,
        payments=held.payments,
    )


def provider_of(agreement: Agreement) -> str:
    """The provider as pages name it."""
    party = agreement.parties.filter(role=PartyRole.PROVIDER).select_related("organisation").first()
    return party.organisation.short_name if party else "The provider"


def _costs_by_place(books: Spending) -> dict[Place, tuple[Cost, ...]]:
    by_place: dict[Place, list[Cost]] = defaultdict(list)
    for cost in books.costs:
        by_place[cost.element, cost.month].append(cost)
    return {place: tuple(held) for place, held in by_place.items()}


def _entries(
    elements: Iterable[ServiceElement],
    months: Iterable[date],
    by_place: dict[Place, list[Charge]],
    spent: dict[Place, Spent],
) -> Iterable[Entry]:
    """An entry for each month that an element has an instalment of, or that its open book has a cost in."""
    every = list(elements)
    for month in months:
        for element in every:
            place = (element.pk, month)
            if place in by_place or spent[place].amount is not None:
                yield _entry(element, month, by_place.get(place, []), spent[place].amount)


def _entry(element: ServiceElement, month: date, held: list[Charge], spent: Decimal | None) -> Entry:
    reasons = [reason for charge in held for reason in charge.reasons]
    amounts = [reason.amount for reason in reasons if not reason.is_addition]
    known = [amount for amount in amounts if amount is not None]
    return Entry(
        element=element.code,
        month=month,
        due=sum((charge.due for charge in held), NOTHING),
        deducted=sum(known, NOTHING) if len(known) == len(amounts) else None,
        added=sum((reason.amount or NOTHING for reason in reasons if reason.is_addition), NOTHING),
        spent=spent,
    )
