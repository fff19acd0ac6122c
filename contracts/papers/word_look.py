"""The look of a Word document: A4, one typeface, its language, and the foot of each page. Pure."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

TYPEFACE = "Arial"
INK = RGBColor(0x0B, 0x0C, 0x0C)
DEFINITION, STAMP, CELL = "Definition", "Stamp", "Cell"
SIZES = {"Heading 1": 20, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11, "Caption": 11, "Footer": 9}
BEFORE = {"Heading 1": 0, "Heading 2": 14, "Heading 3": 10, "Heading 4": 8, "Caption": 8}
A4 = (Mm(210), Mm(297))


def dress(document: WordDocument, *, is_wide: bool, foot: str) -> None:
    """Give a new document its look."""
    _speak_english(document)
    _set_type(document)
    _set_page(document, is_wide=is_wide)
    _set_foot(document, foot)


def numbered_anew(document: WordDocument, rows: Sequence[WordParagraph]) -> None:
    """Number these rows from 1: Word would go on from the list before."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    kind = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for row in rows:
        properties = row._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId


def _speak_english(document: WordDocument) -> None:
    for place in document.styles.element.iter(qn("w:lang")):
        place.set(qn("w:val"), "en-GB")
    for place in document.settings.element.iter(qn("w:themeFontLang")):
        place.set(qn("w:val"), "en-GB")


def _set_type(document: WordDocument) -> None:
    styles = document.styles
    for name in (DEFINITION, STAMP, CELL):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
    for name in ("Normal", *SIZES):
        _set_style(styles[name], SIZES.get(name, 11), BEFORE.get(name, 0))
    styles[DEFINITION].paragraph_format.left_indent = Mm(50)
    styles[DEFINITION].paragraph_format.first_line_indent = -Mm(50)
    styles[DEFINITION].paragraph_format.tab_stops.add_tab_stop(Mm(50))
    styles[STAMP].paragraph_format.space_after = Pt(2)
    cells = styles[CELL].paragraph_format
    cells.space_before, cells.space_after = Pt(3), Pt(3)
    styles[CELL].font.size = Pt(10)


def _set_style(style: ParagraphStyle, size: int, before: int) -> None:
    style.font.name, style.font.size = TYPEFACE, Pt(size)
    style.font.color.rgb = INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
    style.paragraph_format.line_spacing = 1.15
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's typeface would win over the one set here


def _set_page(document: WordDocument, *, is_wide: bool) -> None:
    section = document.sections[0]
    short, long = A4
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)


def _set_foot(document: WordDocument, foot: str) -> None:
    row = document.sections[0].footer.paragraphs[0]
    row.add_run(f"{foot}. Page ")
    _add_field(row, "PAGE")
    row.add_run(" of ")
    _add_field(row, "NUMPAGES")


def _add_field(row: WordParagraph, name: str) -> None:
    """What Word works out itself, such as the number of the page."""
    run = row.add_run()
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        run._r.append(part)
