"""The body of a request that has a limit of its own."""

from django.http import HttpRequest

# Of a body up to this many times the limit the rest is read and dropped, so that its sender can read the answer;
# beyond it the connection may be closed in the middle.
READ_TO_ITS_END = 10
CHUNK_BYTES = 1024 * 1024


def whole_body(request: HttpRequest, limit: int) -> bytes:
    """The body, or one byte more than `limit` of it: past the framework's own limit, which is for forms."""
    body: bytes = request.read(limit + 1)
    dropped = len(body) if len(body) > limit else 0
    while 0 < dropped < READ_TO_ITS_END * limit:
        chunk = request.read(CHUNK_BYTES)
        dropped = dropped + len(chunk) if chunk else 0
    return body
