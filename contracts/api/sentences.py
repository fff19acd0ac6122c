"""What went wrong in the portal's own words: what was found, and how to put it right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rest_framework import exceptions
from rest_framework.exceptions import APIException, ErrorDetail

NOT_THERE = "There is no such thing, or this client has no part in it."
BUSY = "The database could not be asked just now. Nothing was half done. Send the same again in a few seconds."
FAILED = "The portal failed at this. It has been logged; nothing was half done. Try again in a while."
NOT_FOR_THIS_CLIENT = "This is not for this client."
ERRORS = "Something that was asked for cannot be. Each is named, with what would be understood."
NO_TOKEN = "No token came with this. Ask for one at /api/v1/token and send it as “Authorization: Bearer” and the token."
# The framework's sentences that name no remedy, by their code.
MISSING = {"required": "It is missing.", "blank": "It is empty.", "null": "It is null, and must be a value."}
# Its sentence repeats what was sent.
NO_CHOICE, NONE_OF_THEM = "is not a valid choice.", "It is none of those that it may be. /api/docs/ names them."
OWN_WORDS: dict[type[APIException], str] = {
    exceptions.NotAuthenticated: NO_TOKEN,
    exceptions.MethodNotAllowed: "This address does not take that method. The Allow header names those that it takes.",
    exceptions.NotAcceptable: "The answer comes in no form that the Accept header takes. Ask for application/json.",
    exceptions.UnsupportedMediaType: "The body came in a form that is not read here. Send it as /api/docs/ says.",
    exceptions.ParseError: "The body is not what its Content-Type says. Check that it is whole, well formed and UTF-8.",
    exceptions.Throttled: "More requests came than are taken in a minute. Wait as long as Retry-After says.",
}
WHOLE_BODY = "the whole"


def sentence_of(error: APIException) -> str:
    """The sentence of an error of the framework; what the portal said itself stays as it is."""
    for kind, sentence in OWN_WORDS.items():
        if isinstance(error, kind):
            return sentence
    said = str(error.detail)
    return NOT_FOR_THIS_CLIENT if said == exceptions.PermissionDenied.default_detail else said


def errors_in(detail: Any, name: str = "") -> Iterator[dict[str, str]]:
    """Each thing that is wrong, by the name it was sent under; what stands within another as "outer.inner"."""
    if isinstance(detail, Mapping):
        for inner, more in detail.items():
            own = "" if inner == "non_field_errors" else str(inner)
            yield from errors_in(more, ".".join(part for part in (name, own) if part))
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for place, one in enumerate(detail):
            inner = f"{name}.{place}" if isinstance(one, Mapping) else name
            yield from errors_in(one, inner) if one else ()
    else:
        code = detail.code if isinstance(detail, ErrorDetail) else ""
        said = NONE_OF_THEM if str(detail).endswith(NO_CHOICE) else str(detail)
        yield {"name": name or WHOLE_BODY, "detail": MISSING.get(str(code), said)}
