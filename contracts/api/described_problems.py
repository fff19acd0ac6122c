"""The problems that an operation may end in, as the document tells them: each with its words and an example."""

from http import HTTPStatus
from typing import Any

from contracts.api.problems import CONTENT_TYPE as PROBLEM
from contracts.api.problems import DOCUMENTED_AT

OF_ANY = {
    HTTPStatus.NOT_ACCEPTABLE: "No form of the answer that the client takes.",
    HTTPStatus.TOO_MANY_REQUESTS: "More requests than are taken in a minute; Retry-After says when to come again.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "The portal failed. It was logged, and nothing was half done.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database could not be asked; Retry-After says when to send the same again.",
}
OF_A_CLIENT = {
    HTTPStatus.BAD_REQUEST: "What was asked for cannot be; `errors` names each thing and says what would do.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that is unknown, has expired or was revoked. Ask for a new one.",
    HTTPStatus.FORBIDDEN: "The client, or its token, does not have the scope.",
    HTTPStatus.NOT_FOUND: "There is no such thing, or the client has no part in it.",
}
OF_WHAT_IS_READ = {HTTPStatus.PRECONDITION_FAILED: "What is there is not what If-Match names."}
OF_WHAT_IS_SENT = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than the operation takes.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is in a form or an encoding that the operation does not read.",
}
# Told on the docs page, where every operation may end in it.
NOT_OF_THIS_ADDRESS = {
    HTTPStatus.LENGTH_REQUIRED: "The body does not say how long it is; Content-Length would.",
    HTTPStatus.METHOD_NOT_ALLOWED: "The address does not take that method; Allow names those that it takes.",
}
OF_BATCHES = {
    HTTPStatus.CONFLICT: "An Idempotency-Key came with another body before, or what is there now does not allow it.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent can be read, and is refused as a whole.",
}
EVERY = {**OF_ANY, **OF_A_CLIENT, **OF_WHAT_IS_READ, **OF_WHAT_IS_SENT, **NOT_OF_THIS_ADDRESS, **OF_BATCHES}


def problems_of(method: str, *, is_open: bool) -> dict[str, dict[str, Any]]:
    """The problems of an operation of `method`, by status; `is_open` where no token is asked for."""
    of_method = OF_WHAT_IS_READ if method == "get" else OF_WHAT_IS_SENT
    held = {**OF_ANY, **of_method} if is_open else {**OF_ANY, **OF_A_CLIENT, **of_method}
    return {str(status.value): _told(status, words) for status, words in sorted(held.items())}


def example_of_problem(status: HTTPStatus, words: str) -> dict[str, Any]:
    """What a problem of that status looks like."""
    example: dict[str, Any] = {
        "type": f"{DOCUMENTED_AT}{status:d}",
        "title": status.phrase,
        "status": status.value,
        "detail": words,
    }
    if status == HTTPStatus.BAD_REQUEST:
        example["errors"] = [{"name": "limit", "detail": "Write a whole number from 1 to 1000."}]
    return example


def _told(status: HTTPStatus, words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemForm"}
    held = {"schema": schema, "example": example_of_problem(status, words)}
    return {"description": words, "content": {PROBLEM: held}}
