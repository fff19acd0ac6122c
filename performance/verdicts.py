"""The colour of a figure against its target, as the council defines it."""

from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """Green, amber and red; none where nothing was agreed; not available where there is no value."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"
    NOT_AVAILABLE = "not_available"


class Polarity(StrEnum):
    """Which values are better: the higher, the lower, those closest to the target, or neither."""

    HIGHER = "higher"
    LOWER = "lower"
    CLOSEST = "closest"
    NONE = "none"


def verdict(value: Decimal | None, target: Decimal | None, floor: Decimal | None, polarity: Polarity) -> Verdict:
    """The verdict on `value`; value, target and floor are in one unit.

    Source: KCC performance reports. Green: target achieved. Amber: floor achieved and target not. Red:
    floor not achieved. Equality achieves. Without a floor a missed target is red.

    - No value: not available, whatever was agreed.
    - No target, or polarity none: no verdict. A floor alone is no target.
    - Closest: green on the target, amber where the distance from it is at most `floor`, which then is
      the largest tolerated distance and not a level; red beyond.
    """
    if value is None:
        return Verdict.NOT_AVAILABLE
    if target is None or polarity is Polarity.NONE:
        return Verdict.NONE
    if achieves_target(value, target, polarity):
        return Verdict.GREEN
    if floor is not None and achieves_floor(value, target, floor, polarity):
        return Verdict.AMBER
    return Verdict.RED


def achieves_target(value: Decimal, target: Decimal, polarity: Polarity) -> bool:
    """At or better than the target; for closest, on it."""
    match polarity:
        case Polarity.HIGHER:
            return value >= target
        case Polarity.LOWER:
            return value <= target
        case _:
            return value == target


def achieves_floor(value: Decimal, target: Decimal, floor: Decimal, polarity: Polarity) -> bool:
    """At or better than the floor; for closest, no further from the target than `floor`."""
    if polarity is Polarity.CLOSEST:
        return abs(value - target) <= floor
    return achieves_target(value, floor, polarity)
