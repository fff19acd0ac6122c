"""The names of JSON's members: whether one is there twice, and which may be repeated to whoever sent it."""

import json
import re

from contracts.personal_data import points_at_a_child

# What programs call a field; a person's name as it is written has a capital, a gap or a sign.
PLAIN = re.compile(r"[a-z]{2,15}(?:_[a-z]{2,15}){0,3}")


def has_a_name_twice(text: bytes) -> bool:
    """Whether any object in a JSON text names a field twice. Slow beside the readers: for short texts.

    Its readers otherwise pass over that in silence.
    """
    found = False

    def look(pairs: list[tuple[str, object]]) -> None:
        nonlocal found
        found = found or len(pairs) != len(dict(pairs))

    json.loads(text, object_pairs_hook=look)
    return found


def named(name: str) -> str:
    """The name of a field that nobody agreed, as far as it may be repeated: "" unless it is plainly a field's."""
    return name if PLAIN.fullmatch(name) and not points_at_a_child(name) else ""
