"""LibreOffice opens a paper written for Word, and keeps its headings, lists, table and picture."""

from pathlib import Path
from typing import Any

from contracts.papers.word import to_word
from tests.libreoffice.converting import converted
from tests.papers import every_block, opened


def rows_of(document: Any) -> list[tuple[str, str]]:
    """Each paragraph that says something, with its style."""
    return [(row.style.name, row.text) for row in document.paragraphs if row.text]


def test_a_paper_saved_again_has_the_same_structure(tmp_path: Path) -> None:
    written = to_word(every_block())
    saved = opened((converted(written, "docx", tmp_path, "paper.docx") / "paper.docx").read_bytes())
    before, after = (
        [(row.style.name, row.text) for row in one.paragraphs if row.text] for one in (opened(written), saved)
    )
    headings = [row for row in before if row[0].startswith("Heading")]
    assert [row for row in after if row[0].startswith("Heading")] == headings
    assert [text for _, text in after] == [text for _, text in before]
    (table,) = saved.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Figure", "Month", "Value"]
    assert len(saved.inline_shapes) == 1
    assert saved.core_properties.title == "Remedial action plan"


def test_a_paper_is_laid_out_on_pages(tmp_path: Path) -> None:
    made = converted(to_word(every_block()), "pdf", tmp_path, "paper.docx") / "paper.pdf"
    assert made.read_bytes().startswith(b"%PDF")
