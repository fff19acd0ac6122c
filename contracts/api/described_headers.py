"""The headers of answers, as the document tells them."""

from typing import Any

WHOLE, TEXT = {"type": "integer", "minimum": 0}, {"type": "string"}
LIMITS: dict[str, Any] = {
    "RateLimit-Limit": {"schema": WHOLE, "description": "Requests that are taken in a minute."},
    "RateLimit-Remaining": {"schema": WHOLE, "description": "How many of them are left."},
    "RateLimit-Reset": {"schema": WHOLE, "description": "Seconds until the next minute begins."},
}
ETAG = {"schema": TEXT, "required": True, "description": "Send it back as If-None-Match to be told 304 if unchanged."}
LINK = {"schema": TEXT, "description": "The address of the next page, where there is one: rel=next."}
RETRY_AFTER = {"schema": WHOLE, "required": True, "description": "Seconds to wait before the next request."}
CHALLENGE = {"schema": TEXT, "required": True, "description": "How to sign in."}
OF_STATUS = {
    "401": {"WWW-Authenticate": CHALLENGE},
    "429": {"Retry-After": RETRY_AFTER},
    "503": {"Retry-After": RETRY_AFTER},
}


def headers_of(method: str, status: str, *, is_list: bool) -> dict[str, Any]:
    """The headers of an answer. What is left of the minute stands on each, once it is known who asks."""
    is_done = status.startswith("2")
    held = {name: {**header, "required": is_done} for name, header in LIMITS.items()}
    if is_done and method == "get":
        held["ETag"] = ETAG
    if is_done and is_list:
        held["Link"] = LINK
    return held | OF_STATUS.get(status, {})
