"""Red, amber, green as KCC defines them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.verdicts import Polarity, Verdict, verdict

HIGHER, LOWER, CLOSEST, NO_POLARITY = Polarity.HIGHER, Polarity.LOWER, Polarity.CLOSEST, Polarity.NONE
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=1, allow_nan=False)


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("value", "target", "floor", "polarity", "expected"),
    [
        ("191", "300", "240", HIGHER, Verdict.RED),  # 004 §2.6: 191 children against 300
        ("300", "300", "240", HIGHER, Verdict.GREEN),
        ("299.9", "300", "240", HIGHER, Verdict.AMBER),
        ("240", "300", "240", HIGHER, Verdict.AMBER),
        ("239.9", "300", "240", HIGHER, Verdict.RED),
        ("301", "300", "240", HIGHER, Verdict.GREEN),
        ("15", "15", "25", LOWER, Verdict.GREEN),
        ("15.1", "15", "25", LOWER, Verdict.AMBER),
        ("25", "15", "25", LOWER, Verdict.AMBER),
        ("25.1", "15", "25", LOWER, Verdict.RED),
        ("0", "15", "25", LOWER, Verdict.GREEN),
        ("299", "300", None, HIGHER, Verdict.RED),
        ("16", "15", None, LOWER, Verdict.RED),
        ("0", "300", "240", HIGHER, Verdict.RED),
        ("0", "0", None, HIGHER, Verdict.GREEN),
        (None, "300", "240", HIGHER, Verdict.NOT_AVAILABLE),
        (None, None, None, NO_POLARITY, Verdict.NOT_AVAILABLE),
        ("5", None, "240", HIGHER, Verdict.NONE),
        ("5", "300", "240", NO_POLARITY, Verdict.NONE),
        ("0", "0", "5", CLOSEST, Verdict.GREEN),
        ("-5", "0", "5", CLOSEST, Verdict.AMBER),
        ("5", "0", "5", CLOSEST, Verdict.AMBER),
        ("-6", "0", "5", CLOSEST, Verdict.RED),
        ("-6", "0", None, CLOSEST, Verdict.RED),
    ],
)
def test_verdicts(
    value: str | None, target: str | None, floor: str | None, polarity: Polarity, expected: Verdict
) -> None:
    assert verdict(exact(value), exact(target), exact(floor), polarity) is expected


@given(NUMBERS, NUMBERS, NUMBERS)
def test_lower_is_higher_upside_down(value: Decimal, target: Decimal, floor: Decimal) -> None:
    assert verdict(value, target, floor, HIGHER) is verdict(-value, -target, -floor, LOWER)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([HIGHER, LOWER, CLOSEST]))
def test_a_floor_never_makes_a_verdict_worse(
    value: Decimal, target: Decimal, floor: Decimal, polarity: Polarity
) -> None:
    rank = {Verdict.RED: 0, Verdict.AMBER: 1, Verdict.GREEN: 2}
    assert rank[verdict(value, target, floor, polarity)] >= rank[verdict(value, target, None, polarity)]


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_higher_value_is_never_judged_worse(one: Decimal, other: Decimal, target: Decimal, drop: Decimal) -> None:
    rank = {Verdict.RED: 0, Verdict.AMBER: 1, Verdict.GREEN: 2}
    low, high = sorted([one, other])
    floor = target - abs(drop)
    assert rank[verdict(low, target, floor, HIGHER)] <= rank[verdict(high, target, floor, HIGHER)]
