"""Which bases give a share that a paper printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.share_bases import Amount, Basis, TriedBase, conclusion, one_of_each_amount, tried_bases
from funding.shares import Share


def amount(pounds: int | str, name: str = "An amount", source: str = "a paper") -> Amount:
    return Amount(name, Decimal(pounds), source)


def tried(part: int, whole: int) -> TriedBase:
    return TriedBase(amount(part), amount(whole))


POUNDS = st.decimals(min_value=1, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("part", "whole", "shown", "gives"),
    [
        # 004 §2.7 prints 8 % without its base
        (1_200_000, 16_457_000, "7.3", False),
        (1_200_000, 16_500_000, "7.3", False),
        (1_200_000, 13_800_000, "8.7", False),
        (1_200_000, 2_657_000, "45.2", False),
        (1_440_000, 16_500_000, "8.7", False),
        # X03, the yearly value that decision 18/00071 prints
        (1_200_000, 15_964_287, "7.5", True),
    ],
)
def test_what_gives_the_published_8_percent(part: int, whole: int, shown: str, gives: bool) -> None:
    one = tried(part, whole)
    assert f"{one.percent:.1f}" == shown
    assert one.gives(Decimal(8), Decimal(1)) is gives


def test_half_of_the_last_digit_counts_upwards() -> None:
    assert tried(75, 1000).gives(Decimal(8), Decimal(1))
    assert not tried(85, 1000).gives(Decimal(8), Decimal(1))
    assert tried(1386, 100_000).gives(Decimal("1.4"), Decimal("0.1"))
    assert not tried(1386, 100_000).gives(Decimal("1.3"), Decimal("0.1"))


def test_the_same_amount_is_tried_once_with_all_its_sources() -> None:
    held = one_of_each_amount(
        [amount(5, "Lines", "004"), amount("5.00", "Printed", "003"), amount(6), amount(5, "Again", "003")]
    )
    assert held == (Amount("Lines", Decimal(5), "004; 003"), amount(6))


@given(st.lists(POUNDS, max_size=4), st.lists(POUNDS, max_size=6), POUNDS)
def test_every_part_is_tried_with_every_larger_base_nearest_first(parts, wholes, stated):
    found = tried_bases([amount(str(x)) for x in parts], [amount(str(x)) for x in wholes], [], stated)
    assert {(one.part.pounds, one.whole.pounds) for one in found} == {(p, w) for p in parts for w in wholes if w > p}
    assert len(found) == len({(one.part.pounds, one.whole.pounds) for one in found})
    away = [abs(one.percent - stated) for one in found]
    assert away == sorted(away)
    assert all(one.percent == Share(one.part.pounds, one.whole.pounds).percent for one in found)


def test_the_conclusion_says_that_none_gives_it() -> None:
    said = conclusion([tried(1, 2), tried(1, 3)], Decimal(8), Decimal(1), "8%")
    assert said == "None of the 2 bases tried gives 8% to the digits printed. The paper does not name its base."


def test_the_conclusion_names_what_gives_it_and_claims_no_more() -> None:
    fits = TriedBase(amount(1_200_000), Amount("Value a year", Decimal(15_964_287), "18/00071"))
    said = conclusion([fits, tried(1, 2)], Decimal(8), Decimal(1), "8%")
    assert said.startswith("1 of the 2 bases tried gives 8%")
    assert "£1,200,000 of £15,964,287 (Value a year, 18/00071) is 7.5%" in said
    assert said.endswith("what fits, not what was meant.")


def test_every_basis_is_named_for_choosing_and_for_a_sentence() -> None:
    assert all(basis.heading and basis.whole for basis in Basis)
