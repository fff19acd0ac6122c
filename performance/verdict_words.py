"""A verdict in words: its colour, and what it means against the terms. Pure."""

from decimal import Decimal

from contracts.formatting import term
from performance.verdicts import Polarity, Verdict


def verdict_in_words(
    verdict: Verdict, target: Decimal | None, floor: Decimal | None, unit: str, polarity: Polarity
) -> str:
    """ "Red: below floor of 240", "Amber: within 5 of the target"; "" where nothing was agreed."""
    match verdict:
        case Verdict.GREEN:
            return "Green: target met"
        case Verdict.AMBER if polarity is Polarity.CLOSEST:
            return f"Amber: within {term(floor, unit)} of the target"
        case Verdict.AMBER:
            return "Amber: floor met, target not"
        case Verdict.RED:
            return f"Red: {_missed(target, floor, unit, polarity)}"
        case Verdict.NOT_AVAILABLE:
            return "Grey: not available"
        case _:
            return ""


def terms_in_words(target: Decimal | None, floor: Decimal | None, unit: str, polarity: Polarity) -> str:
    """ "a target of 300; the floor is 240"; for closest "a target of 50; up to 5 from it is tolerated"."""
    if target is None:
        return "no target"
    if floor is None:
        return f"a target of {term(target, unit)}"
    limit = term(floor, unit)
    rest = f"up to {limit} from it is tolerated" if polarity is Polarity.CLOSEST else f"the floor is {limit}"
    return f"a target of {term(target, unit)}; {rest}"


def _missed(target: Decimal | None, floor: Decimal | None, unit: str, polarity: Polarity) -> str:
    if polarity is Polarity.CLOSEST:
        distance = f"more than {term(floor, unit)} from" if floor is not None else "not on"
        return f"{distance} the target of {term(target, unit)}"
    name, value = ("target", target) if floor is None else ("floor", floor)
    side = "above" if polarity is Polarity.LOWER else "below"
    return f"{side} {name}" + (f" of {term(value, unit)}" if value is not None else "")
