"""What one case, one contact or one post cost: spend of the open book over counts of the same months."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.formatting import count_of
from contracts.models import Agreement, Purpose, ServiceElement, Unit
from funding.cost_sums import Book, by_category, total_of_books
from funding.open_book_page.shapes import ElementUnitCosts, UnitCost
from funding.queries.shortfalls import NOW
from performance.form import Sheet
from performance.indicators import FormulaTerm, Input
from performance.models import Figure
from performance.queries import figures_of
from performance.return_lines import ReturnLines
from performance.sources import Scope

Count = Callable[[date], Input]


@dataclass(frozen=True, slots=True)
class Counts:
    """What there was of an element in a month: cases held, contacts made and staff in post, or why not known."""

    figures: dict[tuple[str, int, date], Figure]
    lines: ReturnLines
    whole: str
    contacts: tuple[tuple[str, str], ...]

    def cases(self, element: ServiceElement, month: date) -> Input:
        """The cases that the agreement's cost per case is worked out over."""
        figure = self.figures.get((Purpose.COST_PER_CASE, element.pk, month))
        if figure is None:
            return Input(None, "No cost per case held is agreed for it, or it is not worked out yet.")
        return Input(figure.denominator, figure.reason or "No cases are counted for it.")

    def in_post(self, element: ServiceElement, month: date) -> Input:
        """Whole-time equivalents in post, from the agreement's measure of staff."""
        figure = self.figures.get((Purpose.STAFF, element.pk, month))
        if figure is None:
            return Input(None, "No measure of its staff is agreed, or it is not worked out yet.")
        return Input(figure.numerator, figure.reason)

    def contacts_made(self, element: ServiceElement, month: date) -> Input:
        """Every line of the sheet Activity that counts contacts."""
        labels = [label for code, label in self.contacts if code == element.code]
        if not labels:
            return Input(None, "The return counts no contacts of it.")
        terms = [FormulaTerm("return", sheet=Sheet.ACTIVITY, element=element.code, label=label) for label in labels]
        given = [self.lines.answer(term, self.whole, month) for term in terms]
        missing = next((one for one in given if one.value is None), None)
        return missing or Input(sum((one.value for one in given if one.value is not None), Decimal(0)))


def counts_of(agreement: Agreement, months: Sequence[date], as_at: datetime | None) -> Counts:
    """The counts of every element in `months`. A few queries, however many months."""
    whole = agreement.areas.filter(parent=None).order_by("position", "pk").first()
    figures = figures_of(agreement, as_at).filter(
        month__in=months, area=whole, indicator__purpose__in=[Purpose.COST_PER_CASE, Purpose.STAFF]
    )
    contacts = agreement.measures.filter(sheet=Sheet.ACTIVITY, unit=Unit.CONTACTS, element__isnull=False)
    return Counts(
        figures={(one.indicator.purpose, one.element_id or 0, one.month): one for one in figures},
        lines=ReturnLines(Scope(agreement, months[0], months[-1], as_at or NOW)),
        whole=whole.code if whole else "",
        contacts=tuple(contacts.order_by("position").values_list("element__code", "label")),
    )


def unit_costs(element: ServiceElement, books: Sequence[Book], counts: Counts) -> ElementUnitCosts:
    """The element's spend for a case held, a contact and a post, and each category for a post."""

    def spent(book: Book) -> Decimal | None:
        return total_of_books([book])

    def of_category(category: str) -> Callable[[Book], Decimal | None]:
        return lambda book: by_category([book], [category])[0]

    categories = dict.fromkeys(category for book in books for category, _ in book.costs)
    posts = ("WTE in post", lambda month: counts.in_post(element, month))
    asked: list[tuple[str, Callable[[Book], Decimal | None], tuple[str, Count]]] = [
        ("Spent for a case held", spent, ("cases held", lambda month: counts.cases(element, month))),
        ("Spent for a contact", spent, ("contacts", lambda month: counts.contacts_made(element, month))),
        ("Spent for a post held", spent, posts),
        *((f"{category} for a post held", of_category(category), posts) for category in categories),
    ]
    return ElementUnitCosts(
        element, tuple(_unit_cost(name, books, pounds, unit, count) for name, pounds, (unit, count) in asked)
    )


def _unit_cost(
    name: str, books: Sequence[Book], pounds: Callable[[Book], Decimal | None], unit: str, count: Count
) -> UnitCost:
    """Over the months in which both numbers are known; the others are left out and said to be."""
    held = [(pounds(book), count(book.month)) for book in books]
    both = [(spent, given.value) for spent, given in held if spent is not None and given.value is not None]
    why_not = _why_not(held, len(both))
    if not both:
        return UnitCost(name, None, None, None, unit, 0, why_not)
    spent, number = sum((one for one, _ in both), Decimal(0)), sum((one for _, one in both), Decimal(0))
    if not number:
        return UnitCost(name, None, spent, number, unit, len(both), f"There were no {unit}.")
    return UnitCost(name, spent / number, spent, number, unit, len(both), why_not)


def _why_not(held: Iterable[tuple[Decimal | None, Input]], counted: int) -> str:
    every = list(held)
    if counted == len(every):
        return ""
    _spent, given = next(pair for pair in every if pair[0] is None or pair[1].value is None)
    reason = given.reason if given.value is None else "Its open book is not whole."
    if not counted:
        return reason
    return f"{len(every) - counted} of {count_of(len(every), 'month')} left out. {reason}"
