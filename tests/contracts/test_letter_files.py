"""Letters as files: who may have them, what they are called, and the same bytes for everybody."""

from pathlib import Path

import pytest
from django.test import Client

from contracts.levers.ladder import NoticeStage
from contracts.models import Letter, Role
from tests.kent import Kent
from tests.notices import notice_at, served_notice
from tests.papers import opened
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def address(letter: Letter, kind: str) -> str:
    return f"/agreements/KCC-CYPMHS-S76/notices/{letter.notice_id}/letters/{letter.pk}.{kind}"


@pytest.fixture
def letter(kent: Kent) -> Letter:
    return Letter.objects.get(notice=served_notice(kent))


def test_the_word_document_is_the_same_for_both_sides(kent: Kent, letter: Letter) -> None:
    answers = [
        visitor(kent, role).get(address(letter, "docx"))
        for role in (Role.COORDINATING_COMMISSIONER, Role.PROVIDER_EDITOR)
    ]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [(200, WORD)] * 2
    name = "contract-performance-notice-2019-01-served.docx"
    assert answers[0]["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answers[0].content == answers[1].content
    assert opened(answers[0].content).paragraphs[0].text == letter.title


def test_the_pdf_is_tagged_and_the_same_each_time(kent: Kent, letter: Letter) -> None:
    client = visitor(kent, Role.AUDITOR)
    first, second = client.get(address(letter, "pdf")), client.get(address(letter, "pdf"))
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-1.7")


def test_a_server_without_pango_offers_the_word_document(
    kent: Kent, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = visitor(kent, Role.AUDITOR).get(address(letter, "pdf"))
    assert answer.status_code == 503
    assert "Download it as a Word document" in text_of(answer)
    assert address(letter, "docx") in answer.content.decode()


def statuses(client: Client, letter: Letter) -> list[int]:
    return [client.get(address(letter, kind)).status_code for kind in ("docx", "pdf")]


def test_a_letter_that_declines_a_request_is_not_there_for_the_provider(kent: Kent) -> None:
    letter = Letter.objects.get(notice=notice_at(kent, NoticeStage.DECLINED))
    for role in (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.ASSOCIATE_COMMISSIONER):
        assert statuses(visitor(kent, role), letter) == [404, 404], role
    for role in (Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.AUDITOR):
        assert visitor(kent, role).get(address(letter, "docx")).status_code == 200, role


def test_a_letter_stands_under_its_own_notice_only(kent: Kent, letter: Letter) -> None:
    other = Letter.objects.get(notice=served_notice(kent, subject="Another"))
    client = visitor(kent, Role.AUDITOR)
    crossed = f"/agreements/KCC-CYPMHS-S76/notices/{other.notice_id}/letters/{letter.pk}.docx"
    assert client.get(crossed).status_code == 404
    huge = f"/agreements/KCC-CYPMHS-S76/notices/{letter.notice_id}/letters/{10**30}.docx"
    assert client.get(huge).status_code == 404
    assert client.get(address(letter, "txt")).status_code == 404
    assert client.post(address(letter, "docx")).status_code == 405
