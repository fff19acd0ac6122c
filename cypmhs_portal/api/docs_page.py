"""The API's pages for people, read out of its document, so that neither says what the other does not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.api.described import operations_in
from contracts.api.described_problems import EVERY
from contracts.api.throttles import TokenThrottle
from cypmhs_portal.api.curl import curl_of
from cypmhs_portal.api.request_members import Member, members_of
from cypmhs_portal.api.schema_words import kind_of

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that may be said with a request."""

    name: str
    where: str
    is_required: bool
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation may answer with."""

    status: str
    words: str
    is_problem: bool


@dataclass(frozen=True, slots=True)
class DescribedOperation:
    """One operation: what it takes, what it answers, and an example of both."""

    name: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    parameters: tuple[Parameter, ...]
    members: tuple[Member, ...]
    outcomes: tuple[Member, ...]
    curl: str
    answer: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The operations that stand together."""

    name: str
    anchor: str
    operations: tuple[DescribedOperation, ...]


@dataclass(frozen=True, slots=True)
class DocsPage:
    """Everything the page shows."""

    address: str
    scopes: tuple[tuple[str, str], ...]
    tokens_a_minute: str
    problems: tuple[tuple[int, str, str], ...]
    parts: tuple[Part, ...]


def docs_page(document: Node, scopes: dict[str, str]) -> DocsPage:
    """The page of a document."""
    address = document["servers"][0]["url"]
    held: dict[str, list[DescribedOperation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in operations_in({"paths": {path: methods}}):
            held.setdefault(operation["tags"][0], []).append(_operation(document, path, method, operation))
    return DocsPage(
        address=address,
        scopes=tuple(scopes.items()),
        tokens_a_minute=TokenThrottle.rate.partition("/")[0],
        problems=tuple((status.value, status.phrase, words) for status, words in sorted(EVERY.items())),
        parts=tuple(Part(tag, tag.lower().replace(" ", "-"), tuple(operations)) for tag, operations in held.items()),
    )


def _operation(document: Node, path: str, method: str, operation: Node) -> DescribedOperation:
    address, components = document["servers"][0]["url"], document["components"]["schemas"]
    words, _, scope = operation.get("description", "").partition("Scope: ")
    return DescribedOperation(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        words=words.strip(),
        scope=scope.strip(" `."),
        parameters=tuple(_parameters(operation)),
        members=tuple(members_of(_schema_in(operation.get("requestBody", {})), components)),
        outcomes=tuple(members_of(_schema_in(_done(operation)), components)) if method == "post" else (),
        curl=curl_of(address, path, method, operation),
        answer=_example_of_answer(operation),
        answers=tuple(_answer(status, one) for status, one in sorted(operation["responses"].items())),
    )


def _parameters(operation: Node) -> Iterator[Parameter]:
    for one in operation.get("parameters", []):
        yield Parameter(
            name=one["name"],
            where={"path": "in the address", "query": "behind the address"}.get(one["in"], "a header"),
            is_required=one.get("required", False),
            kind=kind_of(one.get("schema", {})),
            words=one["description"],
        )


def _answer(status: str, answer: Node) -> Answer:
    return Answer(status, answer.get("description", ""), not status.startswith(("2", "3")))


def _example_of_answer(operation: Node) -> str:
    value = example_in(_done(operation).get("content", {}).get(JSON, {}))
    return "" if value is None else json.dumps(value, indent=2, ensure_ascii=False)


def _done(operation: Node) -> Node:
    return next((one for status, one in operation["responses"].items() if status.startswith("2")), {})


def _schema_in(body: Node) -> Node:
    return next((held["schema"] for held in body.get("content", {}).values()), {})


def example_in(content: Node) -> Any:
    """The example of one media type; None where it has none."""
    several = [one.get("value") for one in content.get("examples", {}).values()]
    return content.get("example", several[0] if several else None)
