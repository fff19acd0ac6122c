"""The members of a request's body, as the API's page tells them: each with its kind, its words and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cypmhs_portal.api.schema_words import kind_of

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One member: `of` says of what it is, empty for the body itself."""

    of: str
    name: str
    is_required: bool
    kind: str
    words: str


def members_of(schema: Node, components: Node, of: str = "") -> Iterator[Member]:
    """The members of what a schema describes, and below them those of what they are made of."""
    described, below = _resolved(schema, components), []
    for name, member in described.get("properties", {}).items():
        within = _resolved(member.get("items", {}), components)
        yield Member(
            of, name, name in described.get("required", ()), kind_of(member), str(member.get("description", ""))
        )
        below += within.get("oneOf", [member["items"]] if "properties" in within else [])
    for one in below:
        yield from members_of(one, components, _first_sentence(_resolved(one, components)))


def _resolved(schema: Node, components: Node) -> Node:
    named = schema.get("$ref", "").rpartition("/")[2]
    return components[named] if named else schema


def _first_sentence(schema: Node) -> str:
    return str(schema.get("description", "")).partition(":")[0].partition(".")[0]
