"""The problems that a batch may end in besides those of every operation, as the API's document tells them."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiResponse

from contracts.api.document import PROBLEM, ProblemForm

WORDS = {
    HTTPStatus.CONFLICT: "The Idempotency-Key came with another body before.",
    HTTPStatus.LENGTH_REQUIRED: "Sent in pieces, without a length.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More than 5,000 cases, or more than 8 MB.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not said to be application/json, or is compressed.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The body is JSON, but no batch; its day is none, lies ahead or is of no "
    "month of the agreement; or no form of case references is agreed.",
}
OF_A_BATCH: dict[Any, Any] = {
    (status.value, PROBLEM): OpenApiResponse(ProblemForm, description=words) for status, words in WORDS.items()
}
