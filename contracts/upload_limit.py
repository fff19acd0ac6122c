"""Stopping a file that is larger than may be uploaded, while it arrives: it is neither kept nor parsed."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

# Of a body up to this many times the limit the rest is read and dropped, so that the page can answer with its
# form; beyond it the connection is closed at once.
READ_TO_ITS_END = 10


class LimitedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files: one above `UPLOAD_LIMIT_BYTES` never comes to the form.

    `was_too_large(request)` tells the form why its file is missing.
    """

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        """Note how much is coming: the third argument is the length of the body."""
        self.is_far_too_large = arguments[2] > READ_TO_ITS_END * settings.UPLOAD_LIMIT_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let a chunk through to the next handler, unless it takes the file above the limit."""
        if start + len(raw_data) <= settings.UPLOAD_LIMIT_BYTES:
            return raw_data
        assert self.request is not None
        self.request.upload_was_too_large = True  # type: ignore[attr-defined]
        if self.is_far_too_large:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
        return


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was stopped for its size."""
    return bool(request.FILES is not None and getattr(request, "upload_was_too_large", False))
