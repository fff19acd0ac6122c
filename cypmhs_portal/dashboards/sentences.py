"""How things stand, in sentences made from the figures by rules. Pure."""

from collections.abc import Sequence

from performance.verdicts import Verdict

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def in_words(number: int) -> str:
    """ "three", and digits above ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def standing_of_elements(verdicts: Sequence[Verdict]) -> str:
    """How many elements meet their targets, and what the others do.

    "One of four funded elements meets its target. Two miss it, and one cannot be reported."
    """
    met = sum(verdict is Verdict.GREEN for verdict in verdicts)
    others = [
        (sum(v in {Verdict.AMBER, Verdict.RED} for v in verdicts), "misses it", "miss it"),
        (sum(v is Verdict.NOT_AVAILABLE for v in verdicts), "cannot be reported", "cannot be reported"),
        (sum(v is Verdict.NONE for v in verdicts), "has no target", "have no target"),
    ]
    rest = [f"{in_words(count)} {one if count == 1 else many}" for count, one, many in others if count]
    first = _of_all(met, len(verdicts))
    if not rest or (met == 0 and len(rest) == 1 and others[0][0] == len(verdicts)):
        return first
    return f"{first} {_capital(_listed(rest))}."


def _of_all(met: int, total: int) -> str:
    if total == 0:
        return "No element is funded in this month."
    if total == 1:
        return "The funded element meets its target." if met else "The funded element does not meet a target."
    if met == total:
        return f"All {in_words(total)} funded elements meet their targets."
    if met == 0:
        return f"None of the {in_words(total)} funded elements meets its target."
    verb = "meets its target" if met == 1 else "meet their targets"
    return f"{_capital(in_words(met))} of {in_words(total)} funded elements {verb}."


def _listed(parts: Sequence[str]) -> str:
    """ "two miss it, and one cannot be reported"."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f", and {parts[-1]}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
