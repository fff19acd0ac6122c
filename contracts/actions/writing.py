"""What a person wrote, as it is kept: without blanks around it, and short enough."""

from contracts.actions.refusals import Refused

LONGEST_TEXT = 10_000


def written(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it. Refused where it is longer than `longest` or holds a NUL character.

    `what` begins the sentence of a refusal: "The reason".
    """
    kept = text.strip()
    if "\x00" in kept:
        raise Refused(f"{what} has a character that cannot be kept. Type it again instead of pasting it.")
    if len(kept) > longest:
        raise Refused(f"{what} has {len(kept):,} characters; at most {longest:,} are kept. Shorten it.")
    return kept


def needed(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """The text as `written` keeps it. Refused where nothing is left of it."""
    kept = written(text, what, longest)
    if not kept:
        raise Refused(f"{what} is missing. Write it down: it stays on the record.")
    return kept
