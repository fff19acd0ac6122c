"""A result as the columns of a figure hold it. Pure."""

from dataclasses import replace
from decimal import Decimal, localcontext

from performance.indicators import PRECISION, Worked

# What the columns of a figure hold: digits before the point of a value and of its two parts, and a value's after it.
VALUE_DIGITS, PART_DIGITS, VALUE_DECIMALS = 18, 16, 20
TOO_LARGE = "The result is too large to be right: check the numbers it is worked out from."


def as_held(worked: Worked) -> Worked:
    """The result as a figure's columns hold it: a value with twenty decimals; none, and why, where it is too large.

    Lines and amounts have limits, but a quotient of them has none: it must not keep the agreement's figures waiting.
    """
    parts = [part for part in (worked.numerator, worked.denominator) if part is not None]
    if any(part.copy_abs() >= Decimal(10) ** PART_DIGITS for part in parts):
        return replace(worked, value=None, numerator=None, denominator=None, reason=TOO_LARGE)
    if worked.value is None:
        return worked
    with localcontext(prec=PRECISION):
        value = worked.value.quantize(Decimal(1).scaleb(-VALUE_DECIMALS))
    if value.copy_abs() >= Decimal(10) ** VALUE_DIGITS:
        return replace(worked, value=None, reason=TOO_LARGE)
    return replace(worked, value=value)
