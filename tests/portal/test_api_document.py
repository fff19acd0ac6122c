"""The API's document is complete and right: every operation with its words, scope, examples, problems and headers."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from contracts.api.described import operations_in
from contracts.models import Scope
from cypmhs_portal.api.docs_page import example_in
from cypmhs_portal.api.whole_document import document
from cypmhs_portal.api_settings import SCOPES
from performance.council_sync.cases import REQUIRED
from performance.council_sync.limits import MAX_CASES
from tests.invariants.addresses import every_address

DOCUMENT = document()
OPERATIONS = {operation["operationId"]: (method, operation) for method, operation in operations_in(DOCUMENT)}
ALWAYS = {"406", "429", "500"}
SIGNED_IN = {"400", "401", "403", "404"}
# Of the API, and no operation of it.
NO_OPERATIONS = {"api_document", "api_docs", "api_docs_without_slash", ""}


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is told of, as a request or as an answer, with a name for it."""
    for name, (_, operation) in OPERATIONS.items():
        for status, answer in operation["responses"].items():
            for media_type, held in answer.get("content", {}).items():
                yield f"{name} {status} {media_type}", held
        for media_type, held in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} request {media_type}", held


def test_it_is_valid_openapi_3_1_and_made_without_a_warning(capsys) -> None:
    validate_schema(DOCUMENT)
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", "/dev/null")
    assert capsys.readouterr().err == ""


def test_it_is_served_to_anyone(db: None) -> None:
    answer = Client().get(reverse("api_document"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.1")
    assert Client().get(reverse("api_document"), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_every_address_of_the_api_is_in_it() -> None:
    routes = {a.route for a in every_address() if a.route.startswith("api/") and a.name not in NO_OPERATIONS}
    assert {"/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in routes} == set(DOCUMENT["paths"])


def test_each_operation_has_a_name_of_its_own_that_reads_well() -> None:
    names = [operation["operationId"] for _, operation in operations_in(DOCUMENT)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"(list|read|send|ask)[A-Z][A-Za-z]+", name)] == []


def test_its_schemas_are_named_by_nouns_and_name_no_module() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert [name for name in schemas if re.search(r"Form|Request$|Publisheds|Moneys", name)] == []
    written = json.dumps(DOCUMENT)
    assert re.findall(r"\b(?:performance|contracts|funding|cypmhs_portal)\.\w+", written) == []
    assert "x-spec-enum-id" not in written


def test_a_case_of_a_batch_needs_what_the_portal_refuses_it_without() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert set(schemas["CaseSent"]["required"]) == set(REQUIRED)
    assert set(schemas["Tombstone"]["required"]) == {"case_ref", "updated_at", "deleted"}
    assert schemas["Batch"]["properties"]["cases"]["maxItems"] == MAX_CASES
    for name in ("Batch", "CaseSent", "Tombstone", "TakenBatch", "Result", "Counts"):
        assert [of for of, held in schemas[name]["properties"].items() if not held.get("description")] == [], name


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_told_in_full(name: str) -> None:
    method, operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert len(operation["tags"]) == 1
    assert [one["name"] for one in operation["parameters"] if not one.get("description")] == []
    answers = operation["responses"]
    assert ALWAYS | ({"304", "412"} if method == "get" else {"413", "415"}) <= answers.keys()
    assert [status for status, answer in answers.items() if not answer["description"]] == []
    for status, answer in answers.items():
        if status.startswith(("4", "5")):
            assert "application/problem+json" in answer["content"] or name == "askForToken", status


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {"askForToken"}))
def test_an_operation_names_its_scope(name: str) -> None:
    _, operation = OPERATIONS[name]
    assert operation["responses"].keys() >= SIGNED_IN
    (needed,) = operation["security"]
    assert set(needed["oauth2"]) <= set(Scope.values)
    assert all(f"`{scope}`" in operation["description"] for scope in needed["oauth2"])


def test_the_scopes_are_those_that_clients_are_given() -> None:
    assert {scope.value: str(scope.label) for scope in Scope} == SCOPES
    assert DOCUMENT["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"] == SCOPES


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_headers_of_answers_are_told(name: str) -> None:
    method, operation = OPERATIONS[name]
    answers = operation["responses"]
    assert "Retry-After" in answers["429"]["headers"]
    assert "401" not in answers or "WWW-Authenticate" in answers["401"]["headers"]
    for status, answer in answers.items():
        assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= answer["headers"].keys(), status
    if method == "get":
        assert "ETag" in answers["200"]["headers"]
    if name.startswith("list"):
        assert "Link" in answers["200"]["headers"]


def test_every_body_has_an_example_that_it_allows() -> None:
    resolving = {"components": DOCUMENT["components"]}
    wrong = {}
    for name, held in contents():
        if "text/csv" in name:
            assert held["schema"]["type"] == "string"
            continue
        example = example_in(held)
        assert example is not None, f"{name} has no example"
        try:
            Draft202012Validator({**held["schema"], **resolving}).validate(example)
        except jsonschema.ValidationError as error:
            wrong[name] = f"{error.json_path}: {error.message}"[:300]
    assert wrong == {}


def test_every_list_can_be_had_as_csv() -> None:
    assert [
        name
        for name, (_, operation) in OPERATIONS.items()
        if name.startswith("list") and "text/csv" not in operation["responses"]["200"]["content"]
    ] == []


def test_no_example_is_filled_in_with_words_that_say_nothing() -> None:
    made_up = [name for name, held in contents() if '"text"' in json.dumps(example_in(held)) and "csv" not in name]
    assert made_up == []


def test_the_examples_of_a_refusal_have_its_status() -> None:
    wrong = [
        name
        for name, (_, operation) in OPERATIONS.items()
        for status, answer in operation["responses"].items()
        for held in answer.get("content", {}).values()
        if status >= "400" and str(example_in(held)["status"]) != status
    ]
    assert wrong == []
