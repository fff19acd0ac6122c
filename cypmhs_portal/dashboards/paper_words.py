"""References to papers, "004 §2.7", spelled out with the paper's title. Pure."""

import re
from collections.abc import Mapping

REFERENCE = re.compile(r"(?P<paper>[^\s§;]+)?\s*(?:§(?P<paragraph>\S+))?")


def papers_in_words(source: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Each reference of `source` with the title of its paper; what names no paper of `titles` stays as it is.

    References stand between semicolons, and one without a paper is of the paper before it: "004 §2.1; §2.2".
    """
    found: list[str] = []
    paper = ""
    for part in (text.strip() for text in source.split(";")):
        match = REFERENCE.fullmatch(part)
        paper = (match and match["paper"]) or paper
        if match is None or paper not in titles:
            found.append(part)
        else:
            paragraph = f", paragraph {match['paragraph']}" if match["paragraph"] else ""
            found.append(f"{titles[paper]} ({paper}){paragraph}")
    return tuple(text for text in found if text)
