"""The page of the open book of an agreement, up to a month."""

from collections.abc import Sequence
from datetime import date, datetime

from django.http import Http404

from contracts.formatting import count_of
from contracts.models import Agreement, ServiceElement
from funding.cost_chart import cost_bars
from funding.cost_sentences import headline, months_reading, reading
from funding.cost_sums import Book, by_category, by_month, categories_of, total_of_books
from funding.ledger import Ledger
from funding.money_sums import Entry, total_of
from funding.open_book_page.period import Period, in_words, months_in, when
from funding.open_book_page.shapes import CostMonth, CostRow, OpenBookPage
from funding.open_book_page.unit_costs import counts_of, unit_costs
from funding.queries.ledger import ledger_of


def open_book_page(
    agreement: Agreement, month: date, period: Period, code: str, as_at: datetime | None = None
) -> OpenBookPage:
    """Spend of the period up to `month`, of the element called `code` or of all; as known at `as_at`."""
    ledger = ledger_of(agreement, month, as_at)
    element = _element(ledger, code)
    months = months_in(period, ledger.months)
    shown = (element,) if element else ledger.elements
    books = _books(ledger, shown)
    in_period = [book for book in books if book.month in months]
    categories = categories_of(books)
    total = _row(ledger, None, shown, months, in_period, categories)
    counts = counts_of(agreement, months, as_at)
    words = in_words(period, months)
    by_months = _months(ledger, books, categories)
    return OpenBookPage(
        month=month,
        period=period,
        period_words=words,
        element=element,
        elements=ledger.elements,
        headline=headline(ledger.provider, element.name if element else "all elements", when(months), total.money),
        reading=reading(total.money, categories, total.amounts, len(months)),
        categories=categories,
        rows=tuple(_row(ledger, one, (one,), months, _of(one, in_period), categories) for one in shown),
        total=total,
        unit_costs=tuple(unit_costs(one, _of(one, in_period), counts) for one in shown),
        figure=_figure(books, ledger.months, categories),
        months=by_months,
        months_reading=months_reading([(one.month, one.total) for one in by_months]),
        version=by_months[0].version,
    )


def _element(ledger: Ledger, code: str) -> ServiceElement | None:
    element = next((one for one in ledger.elements if one.code == code), None)
    if code and element is None:
        raise Http404("No element of that name is paid for.")
    return element


def _books(ledger: Ledger, elements: Sequence[ServiceElement]) -> list[Book]:
    """A book for each month that an element has money in, accepted or not."""
    held = {element.code: element for element in elements}
    return [_book(ledger, entry, held[entry.element]) for entry in ledger.entries if entry.element in held]


def _book(ledger: Ledger, entry: Entry, element: ServiceElement) -> Book:
    costs = tuple((cost.category, cost.amount) for cost in ledger.books.costs(element.pk, entry.month))
    return Book(entry.element, entry.month, costs, is_whole=entry.spent is not None)


def _of(element: ServiceElement, books: Sequence[Book]) -> list[Book]:
    return [book for book in books if book.element == element.code]


def _row(
    ledger: Ledger,
    element: ServiceElement | None,
    elements: Sequence[ServiceElement],
    months: Sequence[date],
    books: Sequence[Book],
    categories: Sequence[str],
) -> CostRow:
    codes = {one.code for one in elements}
    entries = [entry for entry in ledger.entries if entry.element in codes and entry.month in months]
    return CostRow(
        element=element,
        amounts=by_category(books, categories),
        money=total_of(entries),
        why_not=_why_not(ledger, elements, entries, element is None),
    )


def _why_not(ledger: Ledger, elements: Sequence[ServiceElement], entries: Sequence[Entry], is_total: bool) -> str:
    lacking = [entry for entry in entries if entry.spent is None]
    if not lacking:
        return ""
    if is_total:
        return f"Leaves out {', '.join(dict.fromkeys(ledger.names[entry.element] for entry in lacking))}"
    reason = ledger.spent(elements[0], lacking[0].month).why_not
    return reason if len(entries) == 1 else f"{count_of(len(lacking), 'month')} left out. {reason}"


def _figure(books: Sequence[Book], months: Sequence[date], categories: Sequence[str]) -> dict[str, object] | None:
    drawn = [amounts for _, amounts in by_month(books, months, categories)]
    if not any(amount for amounts in drawn for amount in amounts):
        return None
    return cost_bars(months, {category: [amounts[at] for amounts in drawn] for at, category in enumerate(categories)})


def _months(ledger: Ledger, books: Sequence[Book], categories: Sequence[str]) -> tuple[CostMonth, ...]:
    """The chart's months, newest first."""
    held = by_month(books, ledger.months, categories)
    return tuple(
        CostMonth(
            month=month,
            amounts=amounts,
            total=total_of_books([book for book in books if book.month == month]) if None not in amounts else None,
            version=ledger.books.versions.get(month),
        )
        for month, amounts in held[::-1]
    )
