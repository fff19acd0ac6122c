"""Plain sums of published amounts, as a paper's reader would do them. Pure."""

import re
from decimal import Decimal

from contracts.formatting import rounded

TOKEN = re.compile(r"\s*([+\-*/]?)\s*(\d+(?:\.\d+)?)")


def result_of(expression: str) -> Decimal:
    """The result of numbers joined by + - * /, worked from left to right without brackets.

    Raises ValueError for anything else: "1000000+288288+1440000" is 2728288.
    """
    total, position = Decimal(0), 0
    while position < len(expression):
        found = TOKEN.match(expression, position)
        if found is None or (position > 0 and not found[1]):
            raise ValueError(f"“{expression}” is no sum: numbers joined by + - * / are expected.")
        total = _apply(total, found[1] or "+", Decimal(found[2]))
        position = found.end()
    return total


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
            return total / number
