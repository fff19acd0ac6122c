"""Sums of money: by month, by element and in all they come to the same, and what is not known is no nought."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months
from funding.cost_sums import Book, by_category, by_month, categories_of, total_of_books
from funding.money_sums import Entry, running_left, total_of

APRIL = date(2019, 4, 1)
MONTHS = tuple(add_months(APRIL, count) for count in range(6))
ELEMENTS = ("one", "two", "three")
CATEGORIES = ("Pay", "Non-pay", "Overheads")
pence = st.integers(0, 10_000_000).map(lambda number: Decimal(number) / 100)
maybe = st.none() | pence


@st.composite
def ledgers(draw):
    """Some of the elements' months, each once."""
    places = draw(st.sets(st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(MONTHS))))
    return [Entry(e, m, draw(pence), draw(maybe), draw(pence), draw(maybe)) for e, m in sorted(places)]


@st.composite
def shelves(draw):
    """Some of the elements' open books, each month once."""
    places = draw(st.sets(st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(MONTHS))))
    return [draw(books(e, m)) for e, m in sorted(places)]


@st.composite
def books(draw, element, month):
    """An open book, whole where every cost of it is known."""
    costs = tuple((category, draw(maybe)) for category in CATEGORIES if draw(st.booleans()))
    is_whole = bool(costs) and all(amount is not None for _, amount in costs) and draw(st.booleans())
    return Book(element, month, costs, is_whole)


def added_up(totals, name):
    known = [getattr(total, name) for total in totals if getattr(total, name) is not None]
    return sum(known, Decimal(0)) if known else None


@given(ledgers())
def test_by_month_and_by_element_come_to_the_whole(entries):
    whole = total_of(entries)
    months = [total_of(one for one in entries if one.month == month) for month in MONTHS]
    elements = [total_of(one for one in entries if one.element == element) for element in ELEMENTS]
    for name in ("due", "added", "spent", "left", "due_of_spent", "entries_with_spend"):
        assert added_up(months, name) == added_up(elements, name) == getattr(whole, name), name
    if whole.deducted is not None:
        assert added_up(months, "to_pay") == whole.to_pay == whole.due - whole.deducted + whole.added


@given(ledgers())
def test_what_is_left_is_what_was_due_less_what_was_spent_of_the_months_that_count(entries):
    whole = total_of(entries)
    assert len(whole.without_spend) + whole.entries_with_spend == len(entries)
    if whole.left is None or whole.spent is None:
        assert whole.spent is whole.left
        assert not whole.entries_with_spend
    else:
        assert whole.left == whole.due_of_spent - whole.spent


@given(ledgers())
def test_a_deduction_that_is_not_known_leaves_no_sum_of_deductions(entries):
    whole = total_of(entries)
    assert (whole.deducted is None) == (whole.to_pay is None) == bool(whole.without_deduction)


@given(ledgers())
def test_the_running_total_is_the_running_sum_with_gaps(entries):
    running = running_left(entries, MONTHS)
    so_far = Decimal(0)
    for month, amount in zip(MONTHS, running, strict=True):
        left = total_of(one for one in entries if one.month == month).left
        so_far += left or 0
        assert amount == (None if left is None else so_far)
    known = [amount for amount in running if amount is not None]
    assert (known[-1] if known else None) == total_of(entries).left


def test_no_entries_are_due_nothing_and_no_spend_is_known():
    nothing = total_of([])
    assert nothing.due == nothing.deducted == nothing.to_pay == Decimal(0)
    assert nothing.spent is nothing.left is None


def test_a_month_of_nought_is_no_gap():
    entries = [Entry("one", APRIL, Decimal(5), spent=Decimal(5)), Entry("one", MONTHS[1], Decimal(5), spent=None)]
    assert running_left(entries, MONTHS[:3]) == [Decimal(0), None, None]


@given(shelves())
def test_costs_by_category_and_by_element_come_to_the_whole(books):
    categories = categories_of(books)
    whole = total_of_books(books)
    by_name = [amount for amount in by_category(books, categories) if amount is not None]
    elements = [total_of_books([book for book in books if book.element == element]) for element in ELEMENTS]
    known = [amount for amount in elements if amount is not None]
    assert (sum(by_name) if by_name else None) == whole == (sum(known) if known else None)


@given(shelves())
def test_a_month_with_a_book_that_is_not_whole_is_a_gap(books):
    for month, amounts in by_month(books, MONTHS, CATEGORIES):
        held = [book for book in books if book.month == month]
        whole = bool(held) and all(book.is_whole for book in held)
        assert (None in amounts) != whole
        if whole:
            assert sum(amount for amount in amounts if amount is not None) == total_of_books(held)
