"""Hostile packages: what is wrong is in the zip or in its parts (trust.md, rows 1 to 8)."""

import hashlib
import io
import struct
import zipfile

from tests.hostile_files.build import repacked, valid_content, with_part_changed

ACTIVITY_PART = "xl/worksheets/sheet2.xml"
RETURN_PART = "xl/worksheets/sheet1.xml"
TYPES_PART = "[Content_Types].xml"
RELATIONS_PART = "xl/_rels/workbook.xml.rels"
MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECLARATION = b'<?xml version="1.0"?>'
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
EXTERNAL = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def zip_bomb(megabytes: int = 300) -> bytes:
    """A sheet of spaces: some 300 KB that unpack to 300 MB."""
    return _with_streamed_part("xl/worksheets/sheet7.xml", b" " * MEGABYTE, megabytes)


def bomb_of_cells(megabytes: int = 60) -> bytes:
    """A sheet of well-formed cells, which a reader that builds a tree turns into hundreds of megabytes."""
    cell = b'<c r="A1" t="n"><v>1</v></c>'
    return _with_streamed_part("xl/worksheets/sheet7.xml", cell * (MEGABYTE // len(cell)), megabytes)


def small_bomb() -> bytes:
    """Five megabytes of spaces in a few kilobytes: within the total, far above the ratio."""
    return _with_streamed_part("xl/worksheets/sheet7.xml", b" " * MEGABYTE, 5)


def large_and_hardly_packed() -> bytes:
    """Some 21 MB that pack to a tenth: within the ratio, above the total."""
    piece = b"".join(
        hashlib.sha256(number.to_bytes(4, "big")).hexdigest()[:16].encode() + b"0" * 48 for number in range(16_384)
    )
    return _with_streamed_part("xl/worksheets/sheet7.xml", b"<!--" + piece + b"-->", 21)


def bomb_with_lying_header() -> bytes:
    """A bomb whose directory says that its part unpacks to 10 bytes."""
    content = bytearray(zip_bomb(30))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        info = package.getinfo("xl/worksheets/sheet7.xml")
    size = struct.pack("<I", info.file_size)
    return bytes(content).replace(size, struct.pack("<I", 10))


def doctype_in_sheet() -> bytes:
    """A document type in a sheet."""
    return with_part_changed(valid_content(), ACTIVITY_PART, b"<worksheet ", b"<!DOCTYPE worksheet><worksheet ")


def entity_expansion() -> bytes:
    """Entities of entities in the workbook part."""
    return with_part_changed(valid_content(), "xl/workbook.xml", b"<workbook ", DECLARATION + LAUGHS + b"<workbook ")


def external_entity() -> bytes:
    """An entity that names a file of the server, in a relations part."""
    return with_part_changed(valid_content(), RELATIONS_PART, b"<Relationships ", EXTERNAL + b"<Relationships ")


def doctype_in_utf_16() -> bytes:
    """A document type that a search for its bytes would miss."""
    part = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")
    return repacked(valid_content(), added={"xl/hidden.bin": part})


def unfinished_xml() -> bytes:
    """A sheet that stops in the middle of an element."""
    return repacked(valid_content(), lambda name, part: part[: len(part) // 2] if name == ACTIVITY_PART else part)


def dimension_lies() -> bytes:
    """The sheet says that it has one row; it has twenty."""
    return with_part_changed(
        valid_content(), ACTIVITY_PART, b'<dimension ref="A1:H20" />', b'<dimension ref="A1:A1" />'
    )


def far_cell(cell: str = "XFD1048576") -> bytes:
    """A number in the last cell that Excel has."""
    row = "".join(character for character in cell if character.isdigit())
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", far)


def far_border() -> bytes:
    """A border without content in the last cell, and an empty last row, as spreadsheet programs leave behind."""
    far = b'<row r="1048576" ht="15"><c r="XFD1048576" s="1"/></row></sheetData>'
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", far)


def merged_over_everything(cells: str = "A1:XFD1048576") -> bytes:
    """A hundred bytes that make openpyxl build 17,179,869,184 cells."""
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'.encode()
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", merged)


def linked_over_everything() -> bytes:
    """A link over every cell of the sheet."""
    link = b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", link)


def note_over_everything() -> bytes:
    """A note that says it stands on every cell."""
    part = b'<comments xmlns="x"><commentList><comment ref="A1:XFD1048576"/></commentList></comments>'
    return repacked(valid_content(), added={"xl/comments1.xml": part})


def many_empty_rows() -> bytes:
    """Rows with a height and nothing else, twenty times as many as may be filled."""
    return with_part_changed(
        valid_content(), ACTIVITY_PART, b"</sheetData>", b'<row ht="9"/>' * 20_000 + b"</sheetData>"
    )


def many_bordered_cells() -> bytes:
    """Cells with a border and nothing else."""
    row = b'<row r="30">' + b'<c s="1"/>' * 100_001 + b"</row></sheetData>"
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", row)


def many_sheets() -> bytes:
    """More sheets than a return can need."""
    sheet = b'<sheet name="Equality" sheetId="6" state="visible" r:id="rId6" />'
    more = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId6"/>' % (number, number) for number in range(7, 27))
    return with_part_changed(valid_content(), "xl/workbook.xml", sheet, sheet + more)


def one_sheet_many_times() -> bytes:
    """One part under many names: small in the package, large once read."""
    cells = b"".join(b'<row r="%d">%s</row>' % (row, b"<c><v>1</v></c>" * 60) for row in range(30, 330))
    content = with_part_changed(valid_content(), "xl/worksheets/sheet6.xml", b"</sheetData>", cells + b"</sheetData>")
    sheet = b'<sheet name="Equality" sheetId="6" state="visible" r:id="rId6" />'
    more = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId6"/>' % (number, number) for number in range(7, 20))
    return with_part_changed(content, "xl/workbook.xml", sheet, sheet + more)


def long_text() -> bytes:
    """A cell with a longer text than any cell may have."""
    text = b'<c r="H2" t="inlineStr"><is><t>' + b"long text " * 401 + b"</t></is></c></row>"
    return with_part_changed(
        valid_content(),
        ACTIVITY_PART,
        b'<c r="F2" t="n"><v>191</v></c></row>',
        b'<c r="F2" t="n"><v>191</v></c>' + text,
    )


def packed_another_way() -> bytes:
    """Parts packed with bzip2, which no spreadsheet program writes."""
    return repacked(valid_content(), compression=zipfile.ZIP_BZIP2)


def cell_twice() -> bytes:
    """Two values for one cell, of which each reader would choose its own."""
    cell = b'<c r="D2" t="n"><v>108</v></c>'
    return with_part_changed(valid_content(), ACTIVITY_PART, cell, cell + cell.replace(b"108", b"1"))


def vba_project() -> bytes:
    """A macro project in a workbook named .xlsx."""
    return repacked(valid_content(), added={"xl/vbaProject.bin": OLE + b"macros"})


def renamed_vba_project() -> bytes:
    """A macro project under a harmless name."""
    return repacked(valid_content(), added={"xl/media/image1.png": OLE + b"macros"})


def macro_enabled_type() -> bytes:
    """An .xlsm renamed .xlsx: its content type gives it away."""
    return with_part_changed(
        valid_content(),
        TYPES_PART,
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )


def macro_sheet() -> bytes:
    """A sheet whose relation says that it is a macro sheet."""
    return with_part_changed(
        valid_content(),
        RELATIONS_PART,
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme",
        b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
    )


def external_link() -> bytes:
    """A link to another workbook on a server."""
    part = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></externalLink>'
    )
    return repacked(valid_content(), added={"xl/externalLinks/externalLink1.xml": part})


def dde_link() -> bytes:
    """A link that starts a program."""
    part = b'<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    return repacked(valid_content(), added={"xl/externalLinks/externalLink1.xml": part})


def embedded_file() -> bytes:
    """A document inside the workbook."""
    return repacked(valid_content(), added={"xl/embeddings/document1.docx": b"PK\x03\x04"})


def connection() -> bytes:
    """A connection to a database."""
    return repacked(valid_content(), added={"xl/connections.xml": b'<connections xmlns="x"/>'})


def note_with(text: str) -> bytes:
    """A note on a cell, split by formatting as Excel splits it."""
    half = len(text) // 2
    runs = f"<r><t>{text[:half]}</t></r><r><rPr/><t>{text[half:]}</t></r>"
    part = f'<comments xmlns="x"><commentList><comment ref="A1"><text>{runs}</text></comment></commentList></comments>'
    return repacked(valid_content(), added={"xl/comments1.xml": part.encode()})


def truncated() -> bytes:
    """The first half of a workbook."""
    content = valid_content()
    return content[: len(content) // 2]


def duplicate_parts() -> bytes:
    """Two parts whose names differ in capitals only."""
    return repacked(valid_content(), added={"xl/Worksheets/Sheet2.xml": b"<x/>"})


def part_named(name: str) -> bytes:
    """A part of that name."""
    return repacked(valid_content(), added={name: b"<x/>"})


def encrypted_part() -> bytes:
    """A package whose directory says that its parts are encrypted."""
    content = bytearray(valid_content())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


def other_zip() -> bytes:
    """A zip of something else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("letter.txt", "Dear all")
    return stream.getvalue()


def word_document() -> bytes:
    """A Word document named .xlsx."""
    return with_part_changed(
        valid_content(), TYPES_PART, b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"
    )


def many_parts() -> bytes:
    """More parts than a workbook has."""
    return repacked(valid_content(), added={f"xl/part{number}.xml": b"<x/>" for number in range(250)})


def _with_streamed_part(name: str, piece: bytes, times: int) -> bytes:
    stream = io.BytesIO(repacked(valid_content()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package, package.open(name, "w") as part:
        for _ in range(times):
            part.write(piece)
    return stream.getvalue()
