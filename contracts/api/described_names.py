"""The names of the document's schemas: nouns, as they stand in clients that are generated from it."""

import re
from typing import Any

from contracts.api.schema_nodes import Node, nodes_in

CLASS_ENDINGS = re.compile(r"(Form)?(Request)?$")
AT = "#/components/schemas/"


def named_by_nouns(document: Node) -> None:
    """Take the endings of classes from every schema's name. Changes the document; raises ValueError for a clash."""
    schemas: dict[str, Any] = document.get("components", {}).get("schemas", {})
    nouns = {name: CLASS_ENDINGS.sub("", name, count=1) for name in schemas}
    if len(set(nouns.values())) < len(nouns):
        raise ValueError(f"Two schemas would have one name: {sorted(nouns.values())}")
    for node in list(nodes_in(document)):
        if isinstance(named := node.get("$ref"), str) and named.startswith(AT):
            node["$ref"] = AT + nouns.get(named.removeprefix(AT), named.removeprefix(AT))
    for name in list(schemas):
        schemas[nouns[name]] = schemas.pop(name)
