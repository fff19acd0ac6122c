"""An amount of pounds as people write it. Pure."""

import re
from decimal import Decimal

# Thousands are grouped by threes or not at all: "1,20" may stand for 120 or for 1.20, so it is no amount.
AMOUNT = re.compile(r"£?\s*(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]+))?", re.ASCII)
MINUSES = ("-", "\N{MINUS SIGN}", "\N{EN DASH}", "(")
LARGEST = Decimal("999999999.99")
PENCE_DIGITS = 2
HOW = "Write an amount in pounds and pence, like 1,200.50"


class NoAmount(ValueError):
    """What was written is no amount of pounds; the message says what to write."""


def pounds_written(text: str) -> Decimal:
    """The pounds that "1,200", "£1,200.00" or "1200.5" stand for, with two decimals; zero is one.

    Raises NoAmount, with what to write, for nothing, words, an amount below zero, parts of a penny and a billion.
    """
    written = text.strip()
    if written.lstrip("£ ").startswith(MINUSES):
        raise NoAmount("Write an amount of zero or more, without a minus")
    match = AMOUNT.fullmatch(written)
    if not match:
        raise NoAmount(HOW)
    pence = match["pence"] or ""
    if len(pence) > PENCE_DIGITS:
        raise NoAmount(f"{HOW}: no more than two figures after the point")
    amount = Decimal(f"{match['pounds'].replace(',', '')}.{pence:0<2}")
    if amount > LARGEST:
        raise NoAmount("Write an amount below £1,000,000,000")
    return amount
