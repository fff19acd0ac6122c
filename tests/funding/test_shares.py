"""Shares with both their numbers; the published ones among them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from funding.shares import Share


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (1_200_000, 16_500_000, "7.3"),  # 004 §2.7: Early Help's share of contract value
        (191, 13_783, "1.4"),  # 004 §2.7 prints 1.3 %; 191 of 13,783 is 1.386 %
        (0, 13_783, "0.0"),
        (5, 4, "125.0"),
    ],
)
def test_shares(part: int, whole: int, percent: str) -> None:
    found = Share(Decimal(part), Decimal(whole)).percent
    assert found is not None
    assert found.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) == Decimal(percent)


def test_nothing_is_rounded_inside() -> None:
    found = Share(Decimal(1), Decimal(3)).percent
    assert found is not None
    assert abs(found * 3 - 100) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (None, Decimal(3)),
        (Decimal(3), None),
        (Decimal(3), Decimal(0)),
        (None, None),
        (Decimal(0), Decimal(0)),
    ],
)
def test_no_share_without_both_numbers(part: Decimal | None, whole: Decimal | None) -> None:
    assert Share(part, whole).percent is None
