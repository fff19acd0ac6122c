"""What a point and a chart say: better, worse or no real change; target met, missed or hit and miss."""

from decimal import Decimal
from fractions import Fraction

from performance.spc.rules import COMMON_CAUSE
from performance.spc.shapes import Direction

_ASSURANCE_ICONS = {
    "consistent_fail": "fail",
    "consistent_pass": "pass",
    "inconsistent": "inconsistent",
}


def point_type(special_cause: str, direction: Direction) -> str:
    """`common_cause`, `special_cause_improvement`, `…_concern`, or `…_neutral_high`, `…_neutral_low`."""
    if special_cause == COMMON_CAUSE:
        return "common_cause"
    is_high = "Above" in special_cause or "Increasing" in special_cause
    if direction is Direction.NEUTRAL:
        return f"special_cause_neutral_{'high' if is_high else 'low'}"
    is_better = is_high == (direction is Direction.INCREASE)
    return f"special_cause_{'improvement' if is_better else 'concern'}"


def variation_icon(kind: str, direction: Direction) -> str:
    """The variation icon of a point type, such as `common_cause`, `improvement_high` or `neutral_low`."""
    if kind == "common_cause":
        return kind
    word = kind.removeprefix("special_cause_")
    if direction is Direction.NEUTRAL:
        return word
    is_high = (word == "improvement") == (direction is Direction.INCREASE)
    return f"{word}_{'high' if is_high else 'low'}"


def assurance_type(
    direction: Direction,
    target: Decimal | None,
    lower: Decimal | Fraction | None,
    upper: Decimal | Fraction | None,
) -> str | None:
    """`consistent_pass`, `consistent_fail` or `inconsistent` (hit and miss); None without a target
    or where neither direction is better.

    A target exactly on a limit is hit and miss (strict comparison). Where limits cannot be worked out the
    package answers hit and miss; so does this, and `SpcChart.limits_are_available` tells the two apart.
    """
    if target is None or direction is Direction.NEUTRAL:
        return None
    is_increase = direction is Direction.INCREASE
    if upper is not None and Fraction(target) > Fraction(upper):
        return "consistent_fail" if is_increase else "consistent_pass"
    if lower is not None and Fraction(target) < Fraction(lower):
        return "consistent_pass" if is_increase else "consistent_fail"
    return "inconsistent"


def assurance_icon(kind: str | None) -> str | None:
    """The assurance icon of an assurance type: `pass`, `fail`, `inconsistent`, or None."""
    return None if kind is None else _ASSURANCE_ICONS[kind]
