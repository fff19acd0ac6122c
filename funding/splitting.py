"""An amount split among those who bear it together. Pure; pounds in exact pence."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from itertools import accumulate, pairwise

from funding.instalments import PENNY


def split(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The parts of `amount`, pro rata to `weights`, which are zero or more; all of them zero: in equal parts.

    What those up to each one bear together is rounded down to the penny, and a part is the difference between two
    of these: the parts add to the amount exactly, and none is above its weight unless the amount is above them all.
    """
    borne = list(weights) if any(weights) else [Decimal(1)] * len(weights)
    whole = sum(borne, Decimal(0))
    ends = [(amount * up_to / whole).quantize(PENNY, rounding=ROUND_DOWN) for up_to in accumulate(borne[:-1])]
    return tuple(end - start for start, end in pairwise([Decimal(0).quantize(PENNY), *ends, amount]))
