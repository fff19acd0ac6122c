"""File names from outside, made safe to store and to show. Pure."""

import re
import unicodedata

LONGEST = 120


def safe_file_name(name: str) -> str:
    """The last part of `name` without paths, control and direction characters, at most 120 characters long.

    The ending is kept when the name is shortened; an empty name becomes "file".
    """
    plain = unicodedata.normalize("NFKC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    visible = "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ" or c == " ")
    tidy = re.sub(r"\s+", " ", visible).strip(" .") or "file"
    if len(tidy) <= LONGEST:
        return tidy
    stem, dot, ending = tidy.rpartition(".")
    kept = f"{dot}{ending}" if dot and len(ending) <= 8 else ""
    return (stem or tidy)[: LONGEST - len(kept)] + kept
