"""Headings and labels are matched as a person reads them: case, spaces, dashes and what is not seen do not matter."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from performance.workbook.wording import listed

DASHES = re.compile("[\u2010-\u2015\u2212]")
SUGGESTED = 6


def key_of(text: str) -> str:
    """What two spellings of one label share: "  In\u2011post\u00a0WTE" and "in-post wte" give the same."""
    plain = unicodedata.normalize("NFKC", DASHES.sub("-", text))
    seen = "".join(character for character in plain if unicodedata.category(character) != "Cf")
    return " ".join(seen.split()).casefold()


def expected_labels(known: Iterable[str], typed: str) -> str:
    """What a label may be: the closest known one, or all of them when they are few."""
    by_key = {key_of(label): label for label in known}
    close = get_close_matches(key_of(typed), by_key, n=1)
    if close:
        return f"Perhaps ‘{by_key[close[0]]}’"
    names = [f"‘{label}’" for label in by_key.values()]
    return listed(names, "or") if len(names) <= SUGGESTED else f"One of {len(names)}, such as {listed(names[:3], 'or')}"
