"""An amount in pounds as somebody typed it. Pure."""

import re
from decimal import Decimal

MOST = Decimal(1_000_000_000)
# "1,200,000", "£40,000.50", "40000": commas only where thousands end.
AMOUNT = re.compile(r"£?\s*(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?", re.ASCII)
EXPECTED = "write an amount in pounds, such as 40,000 or 40,000.50"


def pounds_typed(text: str) -> Decimal:
    """The amount that `text` names, in exact pence.

    Raises ValueError, which says in plain words what to write, for what is no amount, one below zero, and one
    above £1 billion.
    """
    typed = text.strip()
    if not typed:
        raise ValueError(EXPECTED)
    if typed.lstrip("£ ").startswith(("-", "−", "–")):
        raise ValueError("an amount cannot be below £0; write 0 for nothing")
    found = AMOUNT.fullmatch(typed)
    if found is None:
        raise ValueError(EXPECTED)
    amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if amount > MOST:
        raise ValueError("write an amount of £1 billion or less")
    return amount
