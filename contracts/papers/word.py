"""A paper as a Word document: real headings, marked table headings, its language and its title. Pure."""

import io
import zipfile
from datetime import UTC

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Emu

from contracts.papers.paper import Block, Definitions, Figure, Heading, Items, Paper, Paragraph, Table, writable
from contracts.papers.word_look import DEFINITION, STAMP, dress, numbered_anew
from contracts.papers.word_tables import add_table

# Every part of a package is dated, and this is the first date that there is; the document's own stands inside.
NO_DATE = (1980, 1, 1, 0, 0, 0)
LONGEST_PROPERTY = 255  # characters


def to_word(paper: Paper) -> bytes:
    """The document; the same bytes for the same paper."""
    document = Document()
    dress(document, is_wide=paper.is_wide, foot=writable(paper.foot))
    _describe(document, paper)
    document.add_heading(writable(paper.title), level=1)
    for line in paper.stamp:
        document.add_paragraph(writable(line), STAMP)
    for block in paper.blocks:
        _add(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream)


def _describe(document: WordDocument, paper: Paper) -> None:
    """What the file says about itself; its dates are those of what it tells."""
    about = document.core_properties
    about.title = writable(paper.title)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = writable(paper.author)[:LONGEST_PROPERTY]
    about.comments = ""
    about.language = "en-GB"
    about.created = about.modified = paper.written_at.astimezone(UTC).replace(tzinfo=None)


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(writable(block.text), level=block.level)
        case Paragraph():
            document.add_paragraph().add_run(writable(block.text)).bold = block.is_strong or None
        case Items():
            _add_items(document, block)
        case Definitions():
            _add_definitions(document, block)
        case Table():
            add_table(document, block)
        case Figure():
            _add_figure(document, block)


def _add_items(document: WordDocument, block: Items) -> None:
    style = "List Number" if block.is_numbered else "List Bullet"
    rows = [document.add_paragraph(writable(text), style) for text in block.texts]
    if block.is_numbered:
        numbered_anew(document, rows)


def _add_definitions(document: WordDocument, block: Definitions) -> None:
    for name, text in block.rows:
        row = document.add_paragraph(style=DEFINITION)
        row.add_run(writable(name)).bold = True
        row.add_run("\t" + writable(text))


def _add_figure(document: WordDocument, block: Figure) -> None:
    section = document.sections[0]
    room = Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
    picture = document.add_picture(io.BytesIO(block.png))
    if picture.width > room:
        picture.height, picture.width = Emu(picture.height * room // picture.width), room
    about = picture._inline.docPr
    about.set("descr", writable(block.described))
    if block.caption:
        document.add_paragraph(writable(block.caption), "Caption")


def _undated(stream: io.BytesIO) -> bytes:
    """The package with no part dated: python-docx gives each the moment of writing."""
    written = io.BytesIO()
    with zipfile.ZipFile(stream) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as undated:
        for part in package.infolist():
            undated.writestr(_entry(part.filename), package.read(part))
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
