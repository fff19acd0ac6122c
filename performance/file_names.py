"""File names from outside, made safe to store and to show. Pure."""

import re
import unicodedata

from contracts.personal_data import kinds_of_personal_data

LONGEST = 120
LONGEST_ENDING = 8


def safe_file_name(name: str) -> str:
    """The last part of `name` without paths, control and direction characters, at most 120 characters long.

    The ending is kept when the name is shortened; an empty name becomes "file", and so does one that could point
    at a child.
    """
    plain = unicodedata.normalize("NFKC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    visible = "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ" or c == " ")
    tidy = re.sub(r"\s+", " ", visible).strip(" .") or "file"
    stem, dot, ending = tidy.rpartition(".")
    kept = f"{dot}{ending}" if dot and len(ending) <= LONGEST_ENDING else ""
    if kinds_of_personal_data(tidy):
        return f"file{kept}"
    return tidy if len(tidy) <= LONGEST else (stem or tidy)[: LONGEST - len(kept)] + kept
