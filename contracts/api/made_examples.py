"""An example of what a schema describes, made of values by name and kind, so that each answer is shown."""

from typing import Any

from contracts.api.example_values import NAMED, OF_FORMAT, OF_KIND

DEEPEST = 8
Node = dict[str, Any]


def example_of(schema: Node, components: Node, name: str = "", depth: int = 0) -> Any:
    """A value that `schema` allows; `name` is that of the member it stands in."""
    schema = resolved(schema, components)
    if "example" in schema or "default" in schema:
        return schema.get("example", schema.get("default"))
    if choices := schema.get("enum"):
        return choices[0]
    return _of_kind(schema, components, name, depth)


def resolved(schema: Node, components: Node) -> Node:
    """The schema that a reference names; of several that may stand there, the first that is not null."""
    if "$ref" in schema:
        return resolved(components[schema["$ref"].rpartition("/")[2]], components)
    for several in ("allOf", "oneOf", "anyOf"):
        for one in schema.get(several, ()):
            if one.get("type") != "null" and one.get("enum") != [None]:
                return resolved(one, components)
    return schema


def _of_kind(schema: Node, components: Node, name: str, depth: int) -> Any:
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    if name in NAMED and NAMED[name] is None and "null" in kinds:
        return None
    kind = next(one for one in ([kinds] if isinstance(kinds, str) else kinds) if one != "null")
    if kind == "object":
        return _object(schema, components, depth + 1)
    if kind == "array":
        return [example_of(schema["items"], components, name, depth + 1)] if depth < DEEPEST else []
    if name in NAMED and isinstance(NAMED[name], {"string": str, "integer": int}.get(kind, float)):
        return NAMED[name]
    return OF_FORMAT.get(schema.get("format", ""), OF_KIND[kind])


def _object(schema: Node, components: Node, depth: int) -> Node:
    return {name: example_of(held, components, name, depth) for name, held in schema.get("properties", {}).items()}
