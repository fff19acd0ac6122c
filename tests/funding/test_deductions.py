"""Deductions for empty posts: worked figures, and what holds for any numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.deductions import Posts, rate_for_empty_posts, share_of_empty_posts, shortfall
from funding.empty_posts import kept_amount, kept_posts, posts_as_kept, wte

WTE = st.decimals(min_value=0, max_value=500, places=4, allow_nan=False)
POUNDS = st.decimals(min_value=0, max_value=10_000_000, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("in_post", "pounds"),
    # KHNES in April to August 2019, of 5.0 WTE and £20,000.00 a month
    [("2.2", "11200.00"), ("1.8", "12800.00"), ("1.7", "13200.00"), ("2.5", "10000.00"), ("1.9", "12400.00")],
)
def test_the_share_of_the_empty_posts(in_post: str, pounds: str) -> None:
    posts = Posts(Decimal("5.0"), Decimal(in_post))
    assert shortfall(Decimal("20000.00"), posts, None) == Decimal(pounds)


def test_a_rate_in_pounds() -> None:
    posts = Posts(Decimal("5.0"), Decimal("3.5"), Decimal("0.5"))
    assert rate_for_empty_posts(Decimal("40000.00"), posts) == Decimal("3333.33")
    assert shortfall(Decimal("2000.00"), posts, Decimal("40000.00")) == Decimal("2000.00")


def test_a_rate_in_pounds_for_part_of_a_month() -> None:
    posts = Posts(Decimal("5.0"), Decimal("3.5"), Decimal("0.5"))
    assert shortfall(Decimal("9000.00"), posts, Decimal("40000.00"), Fraction(15, 30)) == Decimal("1666.67")
    assert shortfall(Decimal("9000.00"), posts, None, Fraction(15, 30)) == Decimal("1800.00")


def test_temporary_staff_count_only_where_the_agreement_says_so() -> None:
    assert Posts(Decimal(5), Decimal(3)).empty == 2
    assert Posts(Decimal(5), Decimal(3), Decimal("1.5")).empty == Decimal("0.5")


def test_no_funded_posts_are_no_shortfall() -> None:
    assert share_of_empty_posts(Decimal("20000.00"), Posts(Decimal(0), Decimal(0))) == 0


@given(POUNDS, WTE, WTE, st.none() | WTE, st.none() | POUNDS)
def test_a_deduction_is_whole_pence_of_the_instalment(
    instalment: Decimal, funded: Decimal, in_post: Decimal, temporary: Decimal | None, rate: Decimal | None
) -> None:
    posts = Posts(funded, in_post, temporary)
    amount = shortfall(instalment, posts, rate)
    assert 0 <= amount <= instalment
    assert amount == amount.quantize(Decimal("0.01"))
    if posts.empty == 0:
        assert amount == 0


@given(POUNDS, WTE, WTE, WTE)
def test_more_staff_never_cost_more(instalment: Decimal, funded: Decimal, some: Decimal, more: Decimal) -> None:
    fewer = shortfall(instalment, Posts(funded, some), None)
    assert shortfall(instalment, Posts(funded, some + more), None) <= fewer
    if instalment and funded:
        assert shortfall(instalment, Posts(funded, Decimal(0)), None) == instalment


@given(POUNDS, WTE, WTE, st.none() | WTE)
def test_what_is_kept_reads_back_as_it_was(
    amount: Decimal, funded: Decimal, in_post: Decimal, temporary: Decimal | None
) -> None:
    posts = Posts(funded, in_post, temporary)
    kept = posts_as_kept(amount, posts, (), 1)
    assert (kept_amount(kept), kept_posts(kept)) == (amount, posts)


def test_what_was_not_known_or_had_no_rate() -> None:
    assert kept_amount(posts_as_kept(None, None, (), 1, "No return")) is None
    assert kept_amount({}) == 0
    assert kept_posts({}) is None


@pytest.mark.parametrize(("value", "text"), [("5", "5.0"), ("2.4500", "2.45"), ("0", "0.0"), ("1200", "1,200.0")])
def test_whole_time_equivalents_have_a_decimal(value: str, text: str) -> None:
    assert wte(Decimal(value)) == text
