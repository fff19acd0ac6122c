"""The sentences on money: less, more, the same, and not known."""

from datetime import date
from decimal import Decimal

import pytest

from funding import cost_sentences
from funding.money_sentences import before_and_after, headline, lead, left_out, running_reading
from funding.money_sums import Entry, total_of
from funding.open_book_page.period import Period, in_words, months_in, period_of, when

AUGUST, APRIL = date(2019, 8, 1), date(2018, 4, 1)
NAMES = {"one": "First", "two": "Second"}


def entry(element="one", due="100", spent=None, deducted="0", month=AUGUST):
    amounts = [None if amount is None else Decimal(amount) for amount in (deducted, spent)]
    return Entry(element, month, Decimal(due), amounts[0], Decimal(0), amounts[1])


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([entry(spent="60")], "NELFT spent £40.00 less than August’s instalments on what they pay for"),
        ([entry(spent="160")], "NELFT spent £60.00 more than August’s instalments on what they pay for"),
        ([entry(spent="100")], "NELFT spent exactly August’s instalments on what they pay for"),
        ([entry()], "What NELFT spent of August’s instalments is not known"),
        ([], "No instalment was due for August 2019"),
        (
            [entry(spent="60"), entry("two")],
            "NELFT spent £40.00 less than August’s instalments on what they pay for, leaving out Second",
        ),
    ],
)
def test_the_headline(entries, said):
    assert headline("NELFT", AUGUST, total_of(entries), NAMES) == said


@pytest.mark.parametrize(
    ("entries", "is_proposed", "said"),
    [
        (
            [entry(spent="25", deducted="10"), entry("two", spent="75")],
            False,
            "First is £75.00 of it, 75.0%. £10.00 is deducted. "
            "Since April 2018 the open book leaves £100.00 of £200.00 unspent or spent elsewhere.",
        ),
        (
            [entry(spent="150", deducted="10"), entry("two", spent="75")],  # They point different ways: no share.
            True,
            "£10.00 would be deducted. Since April 2018 the open book shows £25.00 more than the £200.00 due.",
        ),
        (
            [entry(spent="50", deducted=None), entry("two")],
            True,
            "What to deduct is not known for First. Since April 2018 the open book leaves £50.00 of £100.00 unspent or "
            "spent elsewhere. 1 month left out, for want of a whole open book.",
        ),
        ([entry()], False, "Nothing is deducted. No open book has been accepted so far."),
    ],
)
def test_the_lead(entries, is_proposed, said):
    assert lead(entries, total_of(entries), total_of(entries), APRIL, NAMES, is_proposed) == said


def test_totals_say_what_they_leave_out():
    said = left_out(total_of([entry(deducted=None), entry("two", spent="1")]), NAMES)
    assert said == (
        "The totals of what was spent leave out First.",
        "What is deducted and to pay in all is not known while the deduction of First is not.",
    )
    assert left_out(total_of([entry(spent="1")]), NAMES) == ()


def test_the_reading_names_the_element_with_most_left_and_its_mean_month():
    first = [entry(spent="40"), entry(spent="60", month=date(2019, 7, 1))]
    second = [entry("two", spent="90")]
    totals = {"one": total_of(first), "two": total_of(second)}
    said = running_reading(totals, total_of(first + second), NAMES)
    assert said == "First makes up £100.00 of £110.00, on average £50 a month."
    over = {"one": total_of([entry(spent="140")])}
    assert running_reading(over, over["one"], NAMES).startswith("No element has had more")
    none = {"one": total_of([entry()])}
    assert running_reading(none, none["one"], NAMES).startswith("No open book")


def test_before_and_after_deductions():
    started = date(2017, 9, 1)
    begins = "The open book begins in April 2018; the agreement began in September 2017."
    said = before_and_after(total_of([entry(spent="40", deducted="10")]), APRIL, started)
    assert (
        said == f"Before deductions £60.00; after £10.00 deducted or to be deducted since April 2018, £50.00. {begins}"
    )
    assert before_and_after(total_of([entry()]), APRIL, started) == begins
    assert "not all known" in before_and_after(total_of([entry(spent="4", deducted=None)]), APRIL, started)
    assert "it is the same" in before_and_after(total_of([entry(spent="4")]), APRIL, started)


def test_the_open_book_in_words():
    total = total_of([entry(spent="80"), entry("two")])
    assert (
        cost_sentences.headline("NELFT", "First", "in August 2019", total)
        == "NELFT spent £80.00 on First in August 2019"
    )
    assert cost_sentences.headline("NELFT", "First", "in May", total_of([entry()])).endswith("in May is not known")
    assert cost_sentences.reading(total, ["Pay", "Rent"], [Decimal(60), Decimal(20)], 1) == (
        "Pay is the largest cost: £60.00 of £80.00, 75.0%. £20.00 of the instalments, £100.00, is unspent or was spent "
        "elsewhere. Of 1 month, 1 cannot be counted whole."
    )
    assert cost_sentences.reading(total_of([]), [], [], 1).startswith("No open book")
    months = [(APRIL, Decimal(3)), (date(2018, 5, 1), Decimal(1)), (AUGUST, None)]
    assert cost_sentences.months_reading(months) == (
        "From £1.00 in May 2018 to £3.00 in April 2018. 1 month cannot be shown, for want of a whole open book."
    )
    assert cost_sentences.months_reading([(APRIL, Decimal(3))]) == "Each month cost £3.00."
    assert cost_sentences.months_reading([(APRIL, None)]) == "No month has a whole open book."


def test_periods():
    months = tuple(date(2019, month, 1) for month in range(2, 9))
    assert months_in(Period.MONTH, months) == months[-1:]
    assert months_in(Period.YEAR, months) == months[2:]
    assert months_in(Period.ALL, months) == months
    assert in_words(Period.YEAR, months[2:]) == "April 2019 to August 2019, the year 2019/20 to date"
    assert in_words(Period.MONTH, months[-1:]) == "August 2019"
    assert when(months) == "from February 2019 to August 2019"
    assert (period_of("year"), period_of("week")) == (Period.YEAR, Period.MONTH)
