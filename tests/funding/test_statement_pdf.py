"""The annual statement as PDF: tagged, whole, the same each time, and what is said where none can be made."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from contracts.access import standing_of
from contracts.formatting import money
from contracts.models import Role
from funding.statement_page import statement_page
from tests.kent import DEMO_MOMENT, Kent
from tests.money import paid
from tests.papers import uncompressed
from tests.statements import STATEMENT, YEAR, prepare
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(loaded: Kent) -> Client:
    paid(loaded, YEAR, ())
    prepare(loaded)
    return visitor(loaded, Role.AUDITOR)


def test_the_pdf_is_accessible_and_the_same_each_time(reader: Client) -> None:
    first, second = reader.get(f"{STATEMENT}pdf/"), reader.get(f"{STATEMENT}pdf/")
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert 'filename="annual-statement-kcc-cypmhs-s76-2018-19-v1.pdf"' in first["Content-Disposition"]
    assert first.content.startswith(b"%PDF-1.7")
    assert first.content == second.content
    inside = uncompressed(first.content)
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/H1", b"/H2", b"/TH", b"/Table", b"/Title"):
        assert part in inside, part
    assert b"LiberationSans" in inside.replace(b"-", b"") or b"DejaVuSans" in inside.replace(b"-", b"")
    assert b"D:2019101709" in inside or b"D:2019101708" in inside


def test_the_pdf_is_made_of_every_amount_of_the_page(loaded: Kent, reader: Client) -> None:
    standing = standing_of(loaded.people[Role.AUDITOR], loaded.agreement)
    content = statement_page(standing, YEAR, at=DEMO_MOMENT).content
    html = render_to_string("funding/statement_pdf.html", {"content": content})
    screen = text_of(reader.get(STATEMENT))
    for line in (*content.lines, content.totals):
        for amount in (line.due, line.deducted, line.added, line.paid, line.spent, line.variance):
            assert money(amount) in html
            assert money(amount) in screen
    for row in (*content.by_category, content.category_totals):
        for _, amount in row.amounts:
            assert money(amount) in html
            assert money(amount) in screen
    assert content.certificate in html
    assert "KCC-000001" in html
    for heading in re.findall("<th[ >][^>]*>", html):
        assert "scope=" in heading


def test_a_server_without_pango_says_so(reader: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What WeasyPrint does where a library is missing, done by a package that stands before it on the path.
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = reader.get(f"{STATEMENT}pdf/")
    assert answer.status_code == 503
    said = text_of(answer)
    assert "apt-get install libpango-1.0-0" in said
    assert "Download it as a workbook (XLSX)" in said


def test_a_writer_that_fails_says_so(reader: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise RuntimeError('broken')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = reader.get(f"{STATEMENT}pdf/")
    assert answer.status_code == 503
    assert "the reason is in the portal’s log" in text_of(answer)


def test_there_is_no_file_before_there_is_a_statement(loaded: Kent) -> None:
    client = visitor(loaded, Role.AUDITOR)
    for kind in ("pdf", "xlsx"):
        assert client.get(f"{STATEMENT}{kind}/").status_code == 404
