"""From where to where a chart's numbers go, and which of them are written beside it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ROUND_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
SPACES = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers written beside a chart, from its foot to its head, evenly apart."""

    marks: tuple[Decimal, ...]

    def share_of(self, value: Decimal) -> Decimal:
        """How far up a value stands: 0 at the foot, 1 at the head."""
        return (value - self.marks[0]) / (self.marks[-1] - self.marks[0])


def scale_over(values: Sequence[Decimal]) -> Scale:
    """The scale of round numbers that holds every one of `values`; from nought where they are all the same."""
    low, high = min(values), max(values)
    if low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0)) or Decimal(low == 0)
    step = _round_step((high - low) / SPACES)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple((first + number) * step for number in range(int(last - first) + 1)))


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5, times a power of ten, that is `least` or more."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in ROUND_STEPS if step * power >= least)
