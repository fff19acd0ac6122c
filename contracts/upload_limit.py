"""Stopping a file that is larger than may be uploaded, while it arrives: it is neither kept nor parsed."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

# Of a body up to this many times the limit the rest is read and dropped, so that the page can answer with its
# form; beyond it the connection is closed at once.
READ_TO_ITS_END = 10


class LimitedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files: one above its limit never comes to the form.

    The limit is `UPLOAD_LIMIT_BYTES`, and another one only for the fields of the forms that `LARGER_UPLOADS` names,
    sent by somebody who is signed in. `was_too_large(request)` tells the form why its file is missing.
    """

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        """Note how much is coming: the third argument is the length of the body."""
        self.is_far_too_large = arguments[2] > READ_TO_ITS_END * settings.UPLOAD_LIMIT_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let a chunk through to the next handler, unless it takes the file above the limit."""
        assert self.request is not None
        if start + len(raw_data) <= limit_of(self.request, str(self.field_name)):
            return raw_data
        self.request.uploads_too_large = too_large_in(self.request) | {self.field_name}  # type: ignore[attr-defined]  # ours
        if self.is_far_too_large:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
        return


def limit_of(request: HttpRequest, field: str) -> int:
    """How many bytes the file of a field may have."""
    form = (request.resolver_match and request.resolver_match.url_name) or ""
    larger: int | None = settings.LARGER_UPLOADS.get((form, field))
    person = getattr(request, "user", None)
    return larger if larger and person and person.is_authenticated else settings.UPLOAD_LIMIT_BYTES


def largest_body(form: str) -> int:
    """How many bytes all that is sent to a form may have: its files, its fields, and what stands between them."""
    larger = sum(size for (name, _), size in settings.LARGER_UPLOADS.items() if name == form)
    return int(settings.UPLOAD_LIMIT_BYTES + larger + settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def too_large_in(request: HttpRequest) -> frozenset[str]:
    """The fields whose files were stopped for their size, of those that were read so far."""
    return getattr(request, "uploads_too_large", frozenset())


def was_too_large(request: HttpRequest, field: str = "file") -> bool:
    """Whether the file of a field was stopped for its size."""
    return request.FILES is not None and field in too_large_in(request)
