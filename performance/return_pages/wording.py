"""How a number of a return and its change are written."""

from decimal import Decimal

from contracts.formatting import POUNDS, change, difference, money, number_in, plain


def as_reported(value: Decimal | None, unit: str) -> str:
    """A number with the decimals of its unit, or more where it was reported with more; "not reported" for none."""
    if value is None:
        return "not reported"
    usual = number_in(value, unit)
    return usual if unit == POUNDS or len(plain(value)) <= len(usual) else plain(value)


def change_between(before: Decimal, now: Decimal, unit: str) -> str:
    """The change with its sign and in percent: "−8 (−17.0%)"; without percent from nought or without a change."""
    by = now - before
    text = difference_between(by, unit)
    return f"{text} ({change(100 * by / before, 1)})" if before and by else text


def difference_between(by: Decimal, unit: str) -> str:
    """A difference with its sign and the decimals of its unit, or more where it has more: "+3", "−0.25", "+£12.50"."""
    if unit == POUNDS:
        return f"{'+' if by > 0 else ''}{money(by)}"
    decimals = max(0, -int(by.normalize().as_tuple().exponent))
    return difference(by, max(decimals, 1 if unit == "WTE" else 0))
