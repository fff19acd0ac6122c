"""Papers as Word and PDF: structure, language, the same bytes, and texts that no file could hold as typed."""

import io
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from docx.oxml.ns import qn

from contracts.papers import pdf
from contracts.papers.page import page_of
from contracts.papers.paper import Definitions, Figure, Heading, Items, Paper, Paragraph, Table, paragraphs_of
from contracts.papers.pdf import to_pdf
from contracts.papers.word import to_word
from tests.papers import MOMENT, every_block, opened, picture, uncompressed

HOSTILE = "a\x00b\x0bc\ud800d\uffff <script>alert(1)</script> & {braces}"


def test_only_so_many_pdfs_are_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_WAIT_FOR_A_PLACE", 0)
    with ExitStack() as held:
        for _ in range(pdf.MOST_AT_ONCE):
            held.enter_context(pdf.a_place())
        with pytest.raises(pdf.NoPdf, match="Other PDFs are being made"):
            to_pdf(every_block())


def test_a_word_document_has_real_headings_and_lists() -> None:
    rows = [(row.style.name, row.text) for row in opened(to_word(every_block())).paragraphs if row.text]
    assert rows[0] == ("Heading 1", "Remedial action plan")
    assert ("Stamp", "KCC-CYPMHS-S76") in rows
    assert ("Heading 2", "What is missing") in rows
    assert ("Heading 3", "What follows") in rows
    assert ("Normal", "The caseload <b>fell</b> & stayed low.\nIt is 191.") in rows
    assert ("List Bullet", "Agree a plan") in rows
    assert ("List Number", "Second") in rows
    assert ("Definition", "Served on\t17 October 2019") in rows
    assert ("Caption", "Figures quoted") in rows


def test_each_numbered_list_starts_at_one() -> None:
    rows = [row for row in opened(to_word(every_block())).paragraphs if row.style.name == "List Number"]
    numbers = [row._p.pPr.numPr.numId.val for row in rows]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_word_table_marks_its_headings() -> None:
    (table,) = opened(to_word(every_block())).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Figure", "Month", "Value"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:lastRow"))) == ("1", "1")
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Figures quoted"
    assert [str(cell.paragraphs[0].alignment) for cell in table.rows[1].cells] == ["None", "None", "RIGHT (2)"]
    assert all(run.bold for cell in table.rows[2].cells for run in cell.paragraphs[0].runs)


def test_a_word_document_says_what_it_is_and_when() -> None:
    document = opened(to_word(every_block()))
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Remedial action plan", "NHS West Kent CCG", "en-GB")
    assert about.created == about.modified == MOMENT
    languages = {place.get(qn("w:val")) for place in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.sections[0].footer.paragraphs[0].text.startswith("CPN 2019/02. Page ")
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "The caseload fell from 240 to 191."


def test_pages_are_a4_and_a_wide_picture_fits() -> None:
    paper = Paper("Title", (Figure(picture(3000), "Wide"),), MOMENT)
    for is_wide, expected in ((False, (210, 297)), (True, (297, 210))):
        document = opened(to_word(replace(paper, is_wide=is_wide)))
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == expected
        assert document.inline_shapes[0].width.mm < expected[0] - 39


def test_word_writes_the_same_bytes_and_no_date_of_writing() -> None:
    first, second = to_word(every_block()), to_word(every_block())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert to_word(replace(every_block(), written_at=MOMENT + timedelta(minutes=1))) != first


def test_the_pdf_is_tagged_and_the_same_each_time() -> None:
    first, second = to_pdf(every_block()), to_pdf(every_block())
    assert first == second
    inside = uncompressed(first)
    for part in (b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/H1", b"/H2", b"/H3", b"/TH", b"/Caption", b"/LBody"):
        assert part in inside, part
    assert b"D:20191017090000+00'00" in inside
    # A picture without its words would be a hole for who has it read out.
    words = "The caseload fell from 240 to 191."
    assert words.encode() in inside or words.encode("utf-16-be") in inside


@pytest.mark.parametrize(
    "block",
    [
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Items((HOSTILE,)),
        Definitions(((HOSTILE, HOSTILE),)),
        Table(HOSTILE, (HOSTILE, "b"), ((HOSTILE, HOSTILE),)),
        Figure(picture(), HOSTILE, HOSTILE),
    ],
    ids=lambda block: type(block).__name__,
)
def test_what_no_file_can_hold_is_left_out_and_markup_stays_text(block) -> None:
    paper = Paper(HOSTILE, (block,), MOMENT, stamp=(HOSTILE,), author=HOSTILE)
    document = opened(to_word(paper))
    assert document.paragraphs[0].text == "abcd <script>alert(1)</script> & {braces}"
    page = page_of(paper)
    assert "<script" not in page
    assert "abcd &lt;script&gt;" in page
    page.encode()


def test_a_hostile_paper_becomes_a_pdf() -> None:
    paper = Paper(HOSTILE, (Paragraph(HOSTILE), Table(HOSTILE, (HOSTILE,), ((HOSTILE,),))), MOMENT, running=HOSTILE)
    assert to_pdf(paper).startswith(b"%PDF-1.7")


def test_an_empty_line_begins_a_paragraph() -> None:
    texts = [one.text for one in paragraphs_of("One\r\nline\r\n\r\n \n\nTwo\n")]
    assert texts == ["One\nline", "Two"]
    assert paragraphs_of(" \n ") == ()
