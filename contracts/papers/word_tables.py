"""Tables of a Word document: a heading row that each page repeats, thin lines, figures to the right. Pure."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from contracts.papers.paper import Table, writable
from contracts.papers.word_look import CELL

THIN, THICK = "4", "8"  # eighths of a point
GREY, BLACK = "B1B4B6", "0B0C0C"


def add_table(document: WordDocument, block: Table) -> None:
    """The caption, kept with the table, and the table with a space after it."""
    caption = document.add_paragraph(writable(block.caption), "Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.headings))
    _mark(table, block)
    rows = list(table.rows)
    _fill(rows[0], block.headings, block, is_strong=True)
    rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, (row, texts) in enumerate(zip(rows[1:], block.rows, strict=True), start=1):
        _fill(row, texts, block, is_strong=block.has_total and place == len(block.rows))
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    document.add_paragraph(style=CELL)


def _fill(row: _Row, texts: tuple[str, ...], block: Table, *, is_strong: bool) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, is_strong=is_strong or place == 0, is_number=place in block.numbers)


def _write(cell: _Cell, text: str, *, is_strong: bool, is_number: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.add_run(writable(text)).bold = is_strong or None
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(table: WordTable, block: Table) -> None:
    """Lines between rows; which cells are headings; and the caption once more, for who has the table read out."""
    about = table._tbl.tblPr
    lines = OxmlElement("w:tblBorders")
    for side, colour, width in (("top", BLACK, THICK), ("bottom", BLACK, THICK), ("insideH", GREY, THIN)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", width), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    look = about.find(qn("w:tblLook"))
    assert look is not None  # python-docx gives each new table one
    look.addprevious(lines)
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("lastRow", str(int(block.has_total)))):
        look.set(qn(f"w:{name}"), value)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), writable(block.caption))
    look.addnext(caption)
