"""Two systems, or one twice, that send a return at the same moment, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django.fixtures import Settings

from contracts.models import Scope
from performance.models import Upload, Version
from tests.api_callers import Caller, caller_for
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, load_terms

pytestmark = pytest.mark.django_db(transaction=True)
SEPTEMBER = date(2019, 9, 1)


@pytest.fixture
def caller(settings: Settings, tmp_path: Path) -> Caller:
    """A client of the Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return caller_for(load_terms(tmp_path / "sign-ins.json").agreement, Scope.RETURNS_WRITE)


def sent_at_once(caller: Caller, *contents: bytes) -> list[int]:
    """Send each content in a thread of its own, all at one moment; the answers' status."""
    start = Barrier(len(contents))

    def send(content: bytes) -> int:
        try:
            start.wait()
            parts = {"return": SimpleUploadedFile("return.xlsx", content)}
            return int(caller.http.post("/api/v1/agreements/KCC-CYPMHS-S76/returns", parts).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(contents)) as threads:
        return sorted(threads.map(send, contents))


def test_one_file_sent_twice_at_once_is_one_version(caller: Caller) -> None:
    content = workbook_with(month=SEPTEMBER)
    assert sent_at_once(caller, content, content) == [200, 201]
    assert (Version.objects.count(), Upload.objects.count()) == (1, 1)


def test_two_files_at_once_leave_one_draft(caller: Caller) -> None:
    contents = [workbook_with({("Activity", "H2"): word}, month=SEPTEMBER) for word in ("one", "two")]
    assert sent_at_once(caller, *contents) == [201, 201]
    assert sorted(Version.objects.values_list("number", "state")) == [(1, "withdrawn"), (2, "draft")]
