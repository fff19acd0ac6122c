"""An amount of money as a person types it. Pure."""

import re
from decimal import Decimal

AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
MOST_DIGITS = 12


def pounds_in(text: str) -> Decimal:
    """The pounds typed as "1986216.45", "1,986,216.45" or "£1,986,216.45".

    Raises ValueError with a plain sentence for anything else, an amount below zero included.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    bare = typed.removeprefix("£").strip()
    if bare.startswith("-") or typed.startswith("-"):
        raise ValueError("Write an amount of zero or more: what came back is counted in it already")
    if not bare.isascii() or not AMOUNT.fullmatch(bare):
        raise ValueError("Write an amount in pounds and pence, like 1,986,216.45")
    if len(bare.partition(".")[0].replace(",", "")) > MOST_DIGITS:
        raise ValueError("The amount is too large: write it in pounds and pence, like 1,986,216.45")
    return Decimal(bare.replace(",", "")).quantize(Decimal("0.01"))
