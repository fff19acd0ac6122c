"""The sums of an annual statement, and what is said about them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.converters import YearConverter
from funding.statement_content import category_rows
from funding.statement_shapes import StatementDraft, YearMonth, YearPayment
from funding.statement_sums import BooksHeld, Cost, Owed, PaidLine, total
from funding.statement_sums import element_sums as sums_of
from funding.statement_words import called_in_law, certificate, changes, ledger_difference, obstacles

APRIL, MAY = date(2018, 4, 1), date(2018, 5, 1)
PENNIES = st.decimals(0, 10**7, places=2)


def owed(month: date = APRIL, due: str = "100.00", element: int = 1) -> Owed:
    return Owed(element, f"Element {element}", month, Decimal(due))


def cost(amount: str | None, month: date = APRIL, category: str = "Pay", element: int = 1) -> Cost:
    return Cost(element, f"Element {element}", month, category, None if amount is None else Decimal(amount))


def paid(due: str, deducted: str = "0", added: str = "0", element: int = 1) -> PaidLine:
    return PaidLine(element, f"Element {element}", Decimal(due), Decimal(deducted), Decimal(added))


def element_sums(owed, paid, costs, order, accepted=(APRIL,), asked=(APRIL, MAY)):
    return sums_of(owed, paid, costs, order, BooksHeld(accepted, dict.fromkeys(order, asked)))


def draft(lines) -> StatementDraft:
    return StatementDraft(APRIL, lines, ())


def test_paid_less_spent() -> None:
    (line,) = element_sums(
        [owed()], [paid("100.00", "10.00", "2.50")], [cost("80.00"), cost("9.99", category="X")], [1]
    )
    assert (line.due, line.paid, line.spent, line.variance) == tuple(map(Decimal, ("100", "92.50", "89.99", "2.51")))
    assert line.needs_explanation
    assert line.by_category == (("Pay", Decimal("80.00")), ("X", Decimal("9.99")))


def test_a_counter_entry_cancels_what_it_takes_back() -> None:
    (line,) = element_sums([owed()], [paid("100", "10"), paid("-100", "-10")], [cost("0")], [1])
    assert (line.paid, line.deducted) == (Decimal(0), Decimal(0))
    assert not line.needs_explanation


def test_a_missing_month_is_named_and_nothing_is_summed() -> None:
    (line,) = element_sums([owed(), owed(MAY)], [], [cost("80.00")], [1])
    assert (line.spent, line.variance, line.by_category) == (None, None, (("Pay", None),))
    assert line.gaps == ("No accepted open book for May 2018.",)
    assert not line.needs_explanation


def test_a_cost_that_was_not_reported_is_named() -> None:
    (line,) = element_sums([owed()], [], [cost(None), cost("5", category="Overheads")], [1])
    assert line.spent is None
    assert line.gaps == ("Not reported: Pay in April 2018.",)


def test_elements_come_in_their_order_and_only_with_figures() -> None:
    lines = element_sums(
        [owed(element=2), owed(element=1)], [], [cost("1", element=1), cost("1", element=2)], [3, 2, 1]
    )
    assert [line.element for line in lines] == [2, 1]


@given(st.lists(st.tuples(PENNIES, PENNIES, PENNIES), min_size=1, max_size=12))
def test_the_parts_add_up(amounts) -> None:
    lines = [PaidLine(1, "One", due, deducted, added) for due, deducted, added in amounts]
    costs = [Cost(1, "One", APRIL, f"{place % 3}", spent) for place, (spent, _, _) in enumerate(amounts)]
    (line,) = element_sums([owed()], lines, costs, [1])
    assert line.paid == sum(due - deducted + added for due, deducted, added in amounts)
    assert line.spent == total(amount for _, amount in line.by_category) == sum(cost.amount or 0 for cost in costs)
    names, (row,) = category_rows([line])
    assert total(amount for _, amount in row.amounts) == line.spent
    assert len(names) == len(line.by_category)


def test_what_changed_is_said_by_element() -> None:
    before = {
        1: {"due": Decimal(100), "deducted": Decimal(0), "added": Decimal(0), "paid": Decimal(100), "spent": None}
    }
    (now,) = element_sums([owed()], [paid("90")], [cost("80")], [1])
    assert changes(before, draft((now,))) == (
        "Element 1, paid: £100.00, now £90.00",
        "Element 1, spent: not known, now £80.00",
    )
    assert changes(before, draft(())) == ("an element has no figures any more",)


def test_the_ledger_differs_to_the_penny() -> None:
    assert ledger_difference(Decimal("10.00"), Decimal("10.00")) == ""
    said = ledger_difference(Decimal("10.00"), Decimal("10.01"))
    assert "£10.00" in said
    assert "£10.01" in said
    assert "£0.01" in said


def test_everything_that_stands_in_the_way_is_said() -> None:
    said = obstacles(("A gap.",), Decimal(1), Decimal(2), ("spent moved",))
    assert len(said) == 3
    assert "prepare a new version" in said[2]
    assert obstacles((), Decimal(1), Decimal(1), ()) == ()


@pytest.mark.parametrize(
    ("power", "law", "called"),
    [
        ("s75", ("section 75", "Regulations 2000"), "made under section 75"),
        ("s76", ("section 76", "by Local Authorities to NHS Bodies) Directions 2013"), "section 76 voucher"),
        ("s256", ("section 256", "by NHS Bodies to Local Authorities) Directions 2013"), "section 256 voucher"),
    ],
)
def test_the_certificate_names_the_year_and_the_law(power, law, called) -> None:
    said = certificate("KCC", "West Kent CCG", APRIL, power)
    for words in ("KCC", "West Kent CCG", "31 March 2019", *law):
        assert words in said
    assert ("section 76" in said) == (power == "s76")
    assert called in called_in_law(power)


def test_why_there_is_no_open_book_of_a_month() -> None:
    (line,) = element_sums([owed(), owed(MAY)], [], [cost("80.00")], [1], accepted=(APRIL, MAY))
    assert line.gaps == ("The accepted return says nothing of it for May 2018.",)
    (line,) = element_sums([owed(), owed(MAY)], [], [cost("80.00")], [1], accepted=(APRIL, MAY), asked=(APRIL,))
    assert line.gaps == ("The return asked for no open book of it in May 2018.",)


def test_what_no_return_asks_for_is_not_known_rather_than_nothing() -> None:
    (line,) = element_sums([owed(), owed(MAY)], [], [], [1], asked=())
    assert line.spent is None
    assert "The return asks for no open book of it" in line.gaps[0]
    assert "nobody can certify" in line.gaps[0]


def month_with(*payments: tuple[bool, bool]) -> YearMonth:
    made = (
        YearPayment(1, "Payment 1", APRIL, Decimal(0), "", left, "Approved, to be sent", back, False)
        for left, back in payments
    )
    return YearMonth(APRIL, Decimal(100), tuple(made), None)


@pytest.mark.parametrize(
    ("payments", "unpaid"),
    [
        ([], ("April 2018 (nothing certified)",)),
        ([(False, False)], ("April 2018 (approved, to be sent)",)),
        ([(True, False)], ()),
        ([(True, False), (True, True)], ("April 2018 (nothing certified)",)),
        ([(True, False), (True, True), (True, False)], ()),
    ],
)
def test_months_that_were_not_paid_are_named(payments, unpaid) -> None:
    assert StatementDraft(APRIL, (), (month_with(*payments),)).unpaid == unpaid


def test_a_run_of_unpaid_months_is_named_at_once() -> None:
    months = [YearMonth(date(2018, month, 1), Decimal(100), (), None) for month in (4, 5, 6)]
    assert StatementDraft(APRIL, (), tuple(months)).unpaid == ("April 2018 to June 2018 (nothing certified)",)


def test_years_in_addresses() -> None:
    assert YearConverter().to_python("2018-19") == APRIL
    assert YearConverter().to_url(APRIL) == "2018-19"
    assert YearConverter().to_url(date(2099, 4, 1)) == "2099-00"
    with pytest.raises(ValueError, match="2018-20"):
        YearConverter().to_python("2018-20")
