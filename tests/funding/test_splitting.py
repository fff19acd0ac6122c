"""An amount split among those who bear it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from funding.splitting import split

PENNIES = st.decimals(0, 10**9, places=2)


def test_what_is_left_over_goes_to_the_last() -> None:
    assert split(Decimal("100.00"), [Decimal(1)] * 3) == (Decimal("33.33"), Decimal("33.33"), Decimal("33.34"))


def test_nobody_due_anything_bears_in_equal_parts() -> None:
    assert split(Decimal("5.00"), [Decimal(0), Decimal(0)]) == (Decimal("2.50"), Decimal("2.50"))


@given(PENNIES, st.lists(PENNIES, min_size=1, max_size=5))
def test_the_parts_add_up_and_none_is_above_its_weight(amount: Decimal, weights: list[Decimal]) -> None:
    parts = split(amount, weights)
    assert sum(parts) == amount
    assert all(part >= 0 and part == part.quantize(Decimal("0.01")) for part in parts)
    if amount <= sum(weights):
        assert all(part <= weight for part, weight in zip(parts, weights, strict=True))
