"""A year's money by element: what was due, paid and spent, and what cannot be said yet. Pure; pounds in exact pence."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contracts.formatting import month_name
from funding.instalments import PENNY

NOTHING = Decimal(0).quantize(PENNY)


@dataclass(frozen=True, slots=True)
class Owed:
    """The instalment of one element for one month."""

    element: int
    name: str
    month: date
    due: Decimal


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One element's part of a payment that left, or of a counter-entry: there every amount is zero or below."""

    element: int
    name: str
    due: Decimal
    deducted: Decimal
    added: Decimal

    @property
    def paid(self) -> Decimal:
        """What left for the element with this payment."""
        return self.due - self.deducted + self.added


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost category of one element's open book in one month; `amount` is None where it was not reported."""

    element: int
    name: str
    month: date
    category: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class BooksHeld:
    """The months whose return is accepted, and for each element those that a return asks for an open book of it."""

    accepted: Collection[date] = ()
    asked: Mapping[int, Collection[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ElementSums:
    """One element's year. `gaps` are sentences on what of its open book is missing; with any, nothing is summed."""

    element: int
    name: str
    due: Decimal
    deducted: Decimal
    added: Decimal
    paid: Decimal
    by_category: tuple[tuple[str, Decimal | None], ...]
    gaps: tuple[str, ...]
    spent: Decimal | None

    @property
    def variance(self) -> Decimal | None:
        """What was paid less what was spent; None where what was spent is not known."""
        return None if self.spent is None else self.paid - self.spent

    @property
    def needs_explanation(self) -> bool:
        """Whether what was paid and what was spent are known to differ."""
        return bool(self.variance)


def element_sums(
    owed: Sequence[Owed], paid: Sequence[PaidLine], costs: Sequence[Cost], order: Sequence[int], books: BooksHeld
) -> tuple[ElementSums, ...]:
    """Each element's sums, in the `order` of their keys: those that money was due, paid or spent for."""
    held: list[Owed | PaidLine | Cost] = [*owed, *paid, *costs]
    names = {one.element: one.name for one in held}
    return tuple(
        _of_element(
            key,
            names[key],
            [one for one in owed if one.element == key],
            [one for one in paid if one.element == key],
            [one for one in costs if one.element == key],
            books,
        )
        for key in order
        if key in names
    )


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where one of the amounts is not known."""
    known = list(amounts)
    return None if any(one is None for one in known) else sum((one for one in known if one is not None), NOTHING)


def _of_element(
    key: int, name: str, owed: Sequence[Owed], paid: Sequence[PaidLine], costs: Sequence[Cost], books: BooksHeld
) -> ElementSums:
    missing = {one.month for one in owed} - {one.month for one in costs}
    gaps = (*_missing(missing, books.accepted, books.asked.get(key, ())), *_unsaid(costs))
    return ElementSums(
        element=key,
        name=name,
        due=sum((one.due for one in owed), NOTHING),
        deducted=sum((one.deducted for one in paid), NOTHING),
        added=sum((one.added for one in paid), NOTHING),
        paid=sum((one.paid for one in paid), NOTHING),
        by_category=_by_category(costs, is_whole=not gaps),
        gaps=gaps,
        spent=None if gaps else total(one.amount for one in costs),
    )


def _by_category(costs: Sequence[Cost], *, is_whole: bool) -> tuple[tuple[str, Decimal | None], ...]:
    sums = dict.fromkeys((one.category for one in costs), NOTHING)
    if not is_whole:
        return tuple((category, None) for category in sums)
    for one in costs:
        sums[one.category] += one.amount or NOTHING
    return tuple(sums.items())


def _missing(months: set[date], accepted: Collection[date], asked: Collection[date]) -> Iterable[str]:
    """Why there is no open book of `months`, which were paid for. What was not asked for is not £0.00 either."""
    if months and not asked:
        yield (
            "The return asks for no open book of it, so what was spent is not known and nobody can certify the "
            "statement: an open book of it has to be asked for first."
        )
        return
    found = {
        "No accepted open book for {}.": months.intersection(asked).difference(accepted),
        "The accepted return says nothing of it for {}.": months.intersection(asked, accepted),
        "The return asked for no open book of it in {}.": months.difference(asked),
    }
    for sentence, held in found.items():
        if held:
            yield sentence.format(", ".join(month_name(one) for one in sorted(held)))


def _unsaid(costs: Sequence[Cost]) -> Iterable[str]:
    """The costs that the open book has and gives no amount of."""
    unsaid = dict.fromkeys(f"{one.category} in {month_name(one.month)}" for one in costs if one.amount is None)
    if unsaid:
        yield f"Not reported: {', '.join(unsaid)}."
