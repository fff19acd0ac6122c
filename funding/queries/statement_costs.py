"""What the open book says was spent on what a council pays for, for its annual statement."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from contracts.formatting import money
from contracts.models import Agreement, Organisation
from funding.queries.schedule import ElementInstalment
from funding.queries.spending import Spending
from funding.splitting import split
from funding.statement_sums import NOTHING, BooksHeld, Cost
from performance.form import Sheet, months_asked
from performance.models import Measure

IN_FORCE = ("in_force_from", "in_force_until", "element__in_force_from", "element__in_force_until")
# What each council was due to pay in the year, by element.
Dues = Mapping[int, Mapping[Organisation, Decimal]]


def dues_of(due: Sequence[ElementInstalment], elements: Collection[int], payer: Organisation) -> Dues:
    """The instalments of the year by council, of the elements that `payer` pays for."""
    held: dict[int, dict[Organisation, Decimal]] = {key: defaultdict(lambda: NOTHING) for key in elements}
    for one in due:
        if one.element.pk in held and one.payer is not None:
            held[one.element.pk][one.payer] += one.due
    for dues in held.values():
        dues[payer] += NOTHING
    return held


def own_costs(book: Spending, dues: Dues, payer: Organisation, names: Mapping[int, str]) -> list[Cost]:
    """Each cost of the elements that `payer` pays for: of an element that councils share, its part.

    The part is pro rata to their instalments of the year, so the councils' statements add to the open book.
    """
    return [
        Cost(element, names[element], month, category, _part(amount, dues[element], payer))
        for element, month, category, amount in _costs(book)
        if element in dues
    ]


def shared(dues: Dues, payer: Organisation, names: Mapping[int, str]) -> tuple[str, ...]:
    """A sentence on each element that councils share, and how what was spent on it is split."""
    return tuple(
        f"{names[key]} is paid for by {' and '.join(council.short_name for council in held)}: what was spent on it is "
        f"split by their instalments of the year. {payer.short_name}’s were {money(held[payer])} of "
        f"{money(sum(held.values(), NOTHING))}."
        for key, held in dues.items()
        if len(held) > 1
    )


def books_held(agreement: Agreement, months: Sequence[date], book: Spending) -> BooksHeld:
    """The months whose return is accepted, and those that the return asks for an open book of each element."""
    rows = Measure.objects.filter(agreement=agreement, sheet=Sheet.OPEN_BOOK, element__isnull=False)
    asked: dict[int, set[date]] = defaultdict(set)
    for element, *days in rows.values_list("element_id", *IN_FORCE):
        first, end = months_asked((days[0], days[1]), (days[2], days[3]))
        asked[element] |= {one for one in months if first <= one and (end is None or one < end)}
    return BooksHeld(frozenset(book.versions), asked)


def _costs(book: Spending) -> Iterator[tuple[int, date, str, Decimal | None]]:
    """Each cost of the open books: its element's key, month, category and pounds."""
    for (element, month), costs in book.held.items():
        for one in costs:
            yield element, month, one.category, one.amount


def _part(amount: Decimal | None, dues: Mapping[Organisation, Decimal], payer: Organisation) -> Decimal | None:
    if amount is None:
        return None
    return split(amount, list(dues.values()))[list(dues).index(payer)]
