"""A file above the limit is dropped while it arrives."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, StopUpload
from django.http import HttpRequest
from django.test import RequestFactory

from contracts.upload_limit import LimitedUploadHandler, was_too_large

LIMIT = settings.UPLOAD_LIMIT_BYTES


@contextmanager
def sent(content: bytes) -> Iterator[HttpRequest]:
    """A request with one file in a form, as a browser sends it, until it is answered."""
    file = BytesIO(content)
    file.name = "return.xlsx"
    request = RequestFactory().post("/", {"file": file, "why": "a correction"})
    try:
        yield request
    finally:
        request.close()


def handler_of_a_body(length: int) -> LimitedUploadHandler:
    """A handler that was told how much is coming."""
    handler = LimitedUploadHandler(HttpRequest())
    handler.handle_raw_input(None, {}, length, b"--", None)
    handler.new_file("file", "return.xlsx", None, None)  # type: ignore[arg-type]  # as for a body without either
    return handler


def test_a_file_of_the_limit_arrives_whole():
    with sent(b"x" * LIMIT) as request:
        file = request.FILES["file"]
        assert isinstance(file, UploadedFile)
        assert file.size == LIMIT
        assert not was_too_large(request)


def test_a_file_one_byte_above_it_does_not_arrive_and_the_form_does():
    with sent(b"x" * (LIMIT + 1)) as request:
        assert was_too_large(request)
        assert "file" not in request.FILES
        assert request.POST["why"] == "a correction"


def test_a_request_without_a_file_is_not_too_large():
    assert not was_too_large(RequestFactory().get("/"))


def test_the_rest_of_a_large_file_is_read_and_dropped():
    with pytest.raises(SkipFile):
        handler_of_a_body(2 * LIMIT).receive_data_chunk(b"x" * 100, LIMIT)


def test_a_body_far_above_the_limit_is_not_read_to_its_end():
    with pytest.raises(StopUpload) as stopped:
        handler_of_a_body(50 * LIMIT).receive_data_chunk(b"x" * 100, LIMIT)
    assert stopped.value.connection_reset
