"""An operation as a command that can be typed: curl with the token in a variable, so that no history keeps it."""

import json
from collections.abc import Iterator
from typing import Any

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
Node = dict[str, Any]


def curl_of(address: str, path: str, method: str, operation: Node) -> str:
    """The command, over several lines."""
    return " \\\n  ".join(_lines(address, path, method, operation))


def _lines(address: str, path: str, method: str, operation: Node) -> Iterator[str]:
    parameters = operation.get("parameters", [])
    for one in parameters:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one.get("example", one["name"])))
    yield f"curl {'--get ' if method == 'get' else ''}{address}{path}"
    if operation.get("security"):
        yield '--header "Authorization: Bearer $TOKEN"'
    for one in parameters:
        if one["name"] == "Idempotency-Key":
            yield '--header "Idempotency-Key: 2019-08-31"'
        if one["in"] == "query" and (one.get("required") or "example" in one):
            yield f'--data-urlencode "{one["name"]}={one.get("example", "…")}"'
    yield from _body(operation.get("requestBody", {}).get("content", {}))


def _body(content: Node) -> Iterator[str]:
    for media_type, held in content.items():
        several = [one.get("value") for one in held.get("examples", {}).values()]
        example = held.get("example", several[0] if several else {})
        if media_type == JSON:
            yield f'--header "Content-Type: {JSON}"'
            yield f"--data '{json.dumps(example, ensure_ascii=False)}'"
        elif media_type == FORM:
            yield from (f'--data-urlencode "{name}={value}"' for name, value in example.items())
        elif media_type == FILES:
            yield from (f'--form "{name}=@{file}"' for name, file in example.items())
        return
