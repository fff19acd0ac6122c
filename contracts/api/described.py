"""What all operations of the document have in common: problems, headers, CSV as text, words and an example for each."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from contracts.api.described_headers import headers_of
from contracts.api.described_names import named_by_nouns
from contracts.api.described_problems import example_of_problem, problems_of
from contracts.api.example_values import NAMED
from contracts.api.made_examples import example_of
from contracts.api.problems import CONTENT_TYPE as PROBLEM
from contracts.api.schema_nodes import Node, nodes_in

CSV, JSON = "text/csv", "application/json"
CSV_WORDS = "The items of a list, one row each, or one thing as one row; headings are the members’ names."
METHODS = frozenset({"get", "post"})
NOT_MODIFIED = {"description": "The client holds this answer already: If-None-Match named its ETag."}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "The ETag of an answer that the client holds; 304 without a body where it is still right.",
}
OF_ADDRESS = {
    "reference": "The agreement’s reference.",
    "number": "Its number.",
    "month": "A month, as 2019-08.",
    "element": "The element’s code.",
    "code": "Its code.",
    "indicator": "The indicator’s code.",
    "area": "The area’s code.",
    "format": "The form of the answer, before the Accept header.",
}


def complete(result: Node, **_of_generator: Any) -> Node:
    """The whole document, with what every operation shares. Changes it in place, as the generator's hooks do."""
    components = result.get("components", {}).get("schemas", {})
    for schema in nodes_in(result):
        if "pattern" in schema and isinstance(schema["pattern"], str):
            schema["pattern"] = re.sub(r"\\Z\Z", "$", re.sub(r"\A\\A", "^", schema["pattern"]))
        schema.pop("x-spec-enum-id", None)
        if "enum" in schema:
            schema.pop("minLength", None)
    for method, operation in operations_in(result):
        _complete(method, operation, components)
    named_by_nouns(result)
    return result


def operations_in(document: Node) -> Iterator[tuple[str, Node]]:
    """Each operation of a document, with its method in small letters."""
    for path in document["paths"].values():
        yield from ((method, operation) for method, operation in path.items() if method in METHODS)


def _complete(method: str, operation: Node, components: Node) -> None:
    scopes = [scope for one in operation.get("security", []) for scope in one.get("oauth2", [])]
    if scopes:
        operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scopes[0]}`.".strip()
    parameters = operation.setdefault("parameters", [])
    if method == "get":
        parameters.append(IF_NONE_MATCH)
        operation["responses"]["304"] = dict(NOT_MODIFIED)
    for parameter in parameters:
        _explain(parameter)
    for status, words in problems_of(method, is_open="security" not in operation).items():
        operation["responses"].setdefault(status, words)
    for status, answer in operation["responses"].items():
        answer["description"] = answer.get("description") or operation.get("summary", "")
        _headers(method, operation, status, answer)
        _exemplify_problem(status, answer)
        _exemplify(answer.get("content", {}), components)
    _exemplify(operation.get("requestBody", {}).get("content", {}), components)


def _explain(parameter: Node) -> None:
    name = parameter["name"]
    parameter["description"] = parameter.get("description") or OF_ADDRESS.get(name) or f"The {name.replace('_', ' ')}."
    if name in NAMED and "enum" not in parameter.get("schema", {}) and parameter["in"] != "header":
        parameter.setdefault("example", NAMED[name])


def _headers(method: str, operation: Node, status: str, answer: Node) -> None:
    is_list = any(one["name"] == "cursor" for one in operation["parameters"])
    held = headers_of(method, status, is_list=is_list)
    answer["headers"] = {**held, **answer.get("headers", {})}


def _exemplify_problem(status: str, answer: Node) -> None:
    held = answer.get("content", {}).get(PROBLEM, {})
    if held and "example" not in held and "examples" not in held:
        held["example"] = example_of_problem(HTTPStatus(int(status)), answer["description"])


def _exemplify(content: Node, components: Node) -> None:
    if CSV in content:
        content[CSV] = {"schema": {"type": "string", "description": CSV_WORDS}}
    for media_type, held in content.items():
        if media_type == CSV or "example" in held or "examples" in held:
            continue
        held["example"] = example_of(held["schema"], components)
