"""How the content of a cell may be repeated in a finding: short, on one line, and never personal data."""

import unicodedata
from datetime import date, time
from decimal import Decimal

from contracts.formatting import day
from contracts.personal_data import kinds_of_personal_data

SHOWN_CHARACTERS = 80
WITHHELD = "text that is not repeated here, because it seems to hold personal data"
REMOVED = "[removed: it seemed to hold personal data]"
FEWEST_DIGITS_OF_AN_IDENTIFIER = Decimal(10**9)


def cleaned(text: str) -> str:
    """`text` on one line, without control, direction or zero-width characters, at most 80 characters."""
    short = visible(text)
    return short if len(short) <= SHOWN_CHARACTERS else short[: SHOWN_CHARACTERS - 1] + "…"


def visible(text: str) -> str:
    """`text` on one line, without what is not seen: control characters, direction marks, zero-width spaces."""
    spaced = (" " if character.isspace() else character for character in text)
    kept = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    return " ".join(kept.split())


def quoted(text: str) -> str:
    """`text` in quotation marks for a finding, or a sentence in its place when it seems to hold personal data."""
    return WITHHELD if kinds_of_personal_data(text) else f"‘{cleaned(text)}’"


def shown(value: object) -> str:
    """What a cell holds, as a finding says it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"the date {day(value)}"
    if isinstance(value, time):
        return f"the time {value:%H:%M}"
    if isinstance(value, Decimal):
        return (
            WITHHELD
            if is_identifier(value)
            else f"{value:f}"
            if abs(value.adjusted()) < SHOWN_CHARACTERS
            else f"{value:E}"
        )
    return WITHHELD if kinds_of_personal_data(str(value)) else f"the text {quoted(str(value))}"


def is_identifier(value: Decimal) -> bool:
    """Whether a number cell is a valid NHS number; no count, WTE or sum of a return has ten digits."""
    return (
        value >= FEWEST_DIGITS_OF_AN_IDENTIFIER
        and value == value.to_integral_value()
        and bool(kinds_of_personal_data(f"{value:.0f}" if value.adjusted() < SHOWN_CHARACTERS else ""))
    )


def listed(names: list[str], joining: str = "and") -> str:
    """ "East Kent and West Kent", "Pay, Non-pay or Overheads"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joining} {names[-1]}" if names else ""


def sentence(text: str) -> str:
    """`text` with a capital first letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is an abbreviation such as WTE or SPA."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
