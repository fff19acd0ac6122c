"""A document taken apart: every object in it."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]


def nodes_in(value: Any) -> Iterator[Node]:
    """Every object within `value`, at any depth."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_in(inner)
