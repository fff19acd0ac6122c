"""Whether JSON names a field twice, which its readers otherwise pass over in silence."""

import json


def has_a_name_twice(text: bytes) -> bool:
    """Whether any object in a JSON text names a field twice. Slow beside the readers: for short texts."""
    found = False

    def look(pairs: list[tuple[str, object]]) -> None:
        nonlocal found
        found = found or len(pairs) != len(dict(pairs))

    json.loads(text, object_pairs_hook=look)
    return found
