"""A line of months in words, for who cannot see its drawing. Imports no Django."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.formatting import count_of, number_in, term


def line_in_words(values: Sequence[Decimal | None], target: Decimal | None, unit: str) -> str:
    """ "Line chart: 17 months from 88 to 191; lowest 70, highest 191; target 300"; empty without any value."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    missing = len(values) - len(known)
    first, last, low, high = (number_in(v, unit) for v in (known[0], known[-1], min(known), max(known)))
    parts = [f"{count_of(len(known), 'month')} from {first} to {last}", f"lowest {low}, highest {high}"]
    if missing:
        parts.append(f"{count_of(missing, 'month')} without a value")
    if target is not None:
        parts.append(f"target {term(target, unit)}")
    return "Line chart: " + "; ".join(parts)
