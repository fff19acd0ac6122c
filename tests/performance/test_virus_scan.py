"""A file is held back while the virus scanner that is named does not answer, and refused when it finds something."""

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django.fixtures import Settings

from contracts.models import Role
from performance.actions.judging import ReceivedFile, judge
from performance.case_list.shapes import CaseListFile
from performance.models import Line, Outcome, Upload, Version
from performance.virus_scan import scanned
from tests.hostile_files.build import sample_cases, valid_content
from tests.kent import DEMO_DAY, Kent
from tests.visiting import hand_in, text_of, visitor

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NOBODY = "tcp://127.0.0.1:1"


class Clamd(socketserver.StreamRequestHandler):
    """Speaks the scanner's protocol, and knows one virus: the one that every scanner is tried with."""

    def handle(self) -> None:
        """One question: a file in chunks, each after its length, until one of length nought."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        answers = {True: b"stream: Eicar-Test-Signature FOUND\0", False: b"stream: OK\0"}
        self.wfile.write(b"" if b"no answer" in content else answers[EICAR in content])


@contextmanager
def running() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    """A scanner that answers."""
    with running() as address:
        yield address


@pytest.mark.parametrize("chunks", [[b"figures"], [b"fig", b"", b"ures"], [], [b"x" * 3_000_000]])
def test_a_clean_file_has_no_finding(scanner: str, chunks: list[bytes]) -> None:
    assert scanned(chunks, scanner, "the return") is None


def test_a_virus_is_found_also_across_chunks(scanner: str) -> None:
    found = scanned([b"before" + EICAR[:20], EICAR[20:]], scanner, "the return")
    assert found is not None
    assert (found.code, found.level) == ("virus", "error")


@pytest.mark.parametrize("address", [NOBODY, "unix:///nowhere.sock", "clamav", "tcp://", "http://127.0.0.1:1"])
def test_a_scanner_that_is_not_there_holds_the_file_back(address: str) -> None:
    found = scanned([b"figures"], address, "the return")
    assert found is not None
    assert found.code == "virus-scan"
    assert "is not kept" in found.found


def test_an_answer_that_says_nothing_holds_it_back_too(scanner: str) -> None:
    found = scanned([b"no answer"], scanner, "the return")
    assert found is not None
    assert found.code == "virus-scan"


@pytest.mark.django_db
class TestTheDoor:
    def test_without_an_answer_nothing_is_read_or_kept(self, kent: Kent, settings: Settings) -> None:
        settings.VIRUS_SCANNER = NOBODY
        answer = hand_in(visitor(kent, Role.PROVIDER_EDITOR), valid_content())
        assert "The file could not be checked for viruses" in text_of(answer)
        upload = Upload.objects.get()
        assert (upload.outcome, upload.content, upload.month) == (Outcome.REJECTED, None, None)
        assert not Version.objects.exists()
        assert not Line.objects.exists()

    def test_the_same_file_is_taken_when_the_scanner_answers(
        self, kent: Kent, settings: Settings, scanner: str
    ) -> None:
        settings.VIRUS_SCANNER = scanner
        hand_in(visitor(kent, Role.PROVIDER_EDITOR), valid_content())
        assert Version.objects.get().case_list.cases == 223

    def test_a_case_list_is_looked_at_too(self, kent: Kent, settings: Settings, scanner: str) -> None:
        settings.VIRUS_SCANNER = scanner
        cases = CaseListFile(io.BytesIO(sample_cases().stream.read() + EICAR), "list.csv")
        judged = judge(
            ReceivedFile(valid_content(), "august.xlsx"), on=DEMO_DAY, expected=kent.agreement, case_list=cases
        )
        assert [finding.code for finding in judged.findings] == ["virus"]
        assert "the case list" in judged.findings[0].found
