"""Costs by category, element and month, so that every way of adding them comes to the same. Pure; pounds in pence.

A month of an element counts when its open book is whole. Others are gaps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Book:
    """One element's open book of one month: (category, pounds) in the sheet's order; None was not reported.

    `is_whole`: it can be added up (see funding.spent).
    """

    element: str
    month: date
    costs: tuple[tuple[str, Decimal | None], ...]
    is_whole: bool


def categories_of(books: Iterable[Book]) -> tuple[str, ...]:
    """Every category, in the order they first stand in."""
    return tuple(dict.fromkeys(category for book in books for category, _ in book.costs))


def by_category(books: Iterable[Book], categories: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The sum of each category over the whole books; None for all where no book is whole."""
    whole = [book for book in books if book.is_whole]
    return tuple(_sum_of(category, whole) if whole else None for category in categories)


def total_of_books(books: Iterable[Book]) -> Decimal | None:
    """Everything spent in the whole books; None where there is none."""
    whole = [book for book in books if book.is_whole]
    return sum((amount or NOTHING for book in whole for _, amount in book.costs), NOTHING) if whole else None


def by_month(
    books: Sequence[Book], months: Sequence[date], categories: Sequence[str]
) -> tuple[tuple[date, tuple[Decimal | None, ...]], ...]:
    """Each month's categories, over its books; a month with a book that is not whole, or without any, is a gap."""
    return tuple((month, _month([book for book in books if book.month == month], categories)) for month in months)


def _month(books: Sequence[Book], categories: Sequence[str]) -> tuple[Decimal | None, ...]:
    if not all(book.is_whole for book in books):
        return (None,) * len(categories)
    return by_category(books, categories)


def _sum_of(category: str, books: Iterable[Book]) -> Decimal:
    held = (amount or NOTHING for book in books for name, amount in book.costs if name == category)
    return sum(held, NOTHING)
