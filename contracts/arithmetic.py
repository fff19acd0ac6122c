"""Plain sums of published amounts, as a paper's reader would do them. Pure."""

import re
from decimal import Decimal

from contracts.formatting import rounded

PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TOKEN = re.compile(r"\s*([+\-*/]?)\s*(\d+(?:\.\d+)?)")


def result_of(expression: str) -> Decimal:
    """The result of numbers joined by + - * /, worked from left to right without brackets.

    Raises ValueError for anything else, an empty text and a division by 0 included: "1000000+288288" is 1288288.
    """
    total, position = Decimal(0), 0
    if not expression.strip():
        raise ValueError("Nothing to work out: numbers joined by + - * / are expected.")
    while position < len(expression):
        found = TOKEN.match(expression, position)
        if found is None or (position > 0 and not found[1]):
            raise ValueError(f"“{expression}” is no sum: numbers joined by + - * / are expected.")
        total = _apply(total, found[1] or "+", Decimal(found[2]))
        position = found.end()
    return total


def number_in(text: str) -> Decimal | None:
    """The plain number that `text` is ("13800000", "1.3"); None for anything else, "1,200" included."""
    return Decimal(text) if PLAIN_NUMBER.fullmatch(text) else None


def agrees(stated: Decimal, recomputed: Decimal, step: Decimal) -> bool:
    """Whether `recomputed`, rounded half up to the step it was stated with, is what was stated.

    The step is 100000 for "£16.5m" and 0.1 for "1.3%".
    """
    return rounded(recomputed / step, 0) == rounded(stated / step, 0)


def _apply(total: Decimal, sign: str, number: Decimal) -> Decimal:
    match sign:
        case "+":
            return total + number
        case "-":
            return total - number
        case "*":
            return total * number
        case _:
            if number == 0:
                raise ValueError("Nothing can be divided by 0.")
            return total / number
