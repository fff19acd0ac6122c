"""All the money of an agreement over some months: entries to add up, and what each number rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.models import Agreement, ServiceElement
from funding.charges import Charge, Reason
from funding.models import Payment
from funding.money_sums import Entry
from funding.queries.spending import Place, Spending
from funding.spent import Spent


@dataclass(frozen=True, slots=True)
class Ledger:
    """The months, the elements that councils pay for, and each element's money in each month."""

    agreement: Agreement
    months: tuple[date, ...]
    elements: tuple[ServiceElement, ...]
    entries: tuple[Entry, ...]
    charges: dict[Place, tuple[Charge, ...]]
    books: Spending
    payments: dict[date, tuple[Payment, ...]]
    not_met: dict[date, tuple[Payment, ...]]
    corrections: tuple[Reason, ...]

    @property
    def provider(self) -> str:
        """The provider as pages name it."""
        return self.books.provider

    @property
    def names(self) -> dict[str, str]:
        """The elements' short names by their codes."""
        return {element.code: element.short_name for element in self.elements}

    @property
    def has_several_payers(self) -> bool:
        """Whether more than one council pays, so that each amount must say whose it is."""
        return len({charge.payer.pk for held in self.charges.values() for charge in held}) > 1

    def of_month(self, month: date) -> tuple[Entry, ...]:
        """The entries of one month, in the elements' order."""
        return tuple(one for one in self.entries if one.month == month)

    def of_element(self, element: ServiceElement) -> tuple[Entry, ...]:
        """The entries of one element, month by month."""
        return tuple(one for one in self.entries if one.element == element.code)

    def spent(self, element: ServiceElement, month: date) -> Spent:
        """What was spent on an element in a month, or why it is not known."""
        return self.books.spent(element.pk, month)

    def charges_of(self, element: ServiceElement, month: date) -> tuple[Charge, ...]:
        """What each council pays for an element and a month."""
        return self.charges.get((element.pk, month), ())

    def reasons(self, month: date) -> tuple[Reason, ...]:
        """Why money is deducted or added in `month`."""
        held = (charge for element in self.elements for charge in self.charges_of(element, month))
        return tuple(reason for charge in held for reason in charge.reasons)

    def terms(self, element: ServiceElement, month: date) -> tuple[tuple[Charge, dict[str, Any]], ...]:
        """The funding lines that the element's instalments follow from, each with its charge."""
        return tuple((charge, term) for charge in self.charges_of(element, month) for term in charge.terms)
