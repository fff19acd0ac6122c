"""Papers for tests: one with every kind of block, and what a written file holds."""

import io
import re
import zlib
from datetime import UTC, datetime
from typing import Any

from docx import Document
from PIL import Image

from contracts.papers.paper import Definitions, Figure, Heading, Items, Paper, Paragraph, Table

MOMENT = datetime(2019, 10, 17, 9, 0, tzinfo=UTC)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def picture(width: int = 40) -> bytes:
    """A grey picture as PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (width, 20), "#b1b4b6").save(stream, "PNG")
    return stream.getvalue()


def every_block(title: str = "Remedial action plan") -> Paper:
    """A paper that has each kind of block once or more."""
    return Paper(
        title=title,
        stamp=("Written on 17 October 2019", "KCC-CYPMHS-S76"),
        written_at=MOMENT,
        author="NHS West Kent CCG",
        running="CPN 2019/02",
        blocks=(
            Heading("What is missing"),
            Paragraph("The caseload <b>fell</b> & stayed low.\nIt is 191."),
            Paragraph("To be checked against your contract.", is_strong=True),
            Heading("What follows", level=3),
            Items(("Meet", "Agree a plan")),
            Items(("First", "Second"), is_numbered=True),
            Items(("First again",), is_numbered=True),
            Definitions((("Served on", "17 October 2019"), ("Due on", "31 October 2019"))),
            Table(
                "Figures quoted",
                ("Figure", "Month", "Value"),
                (("Early Help caseload", "August 2019", "191"), ("Total", "", "191")),
                numbers=frozenset({2}),
                has_total=True,
            ),
            Figure(picture(), "The caseload fell from 240 to 191.", "Early Help caseload"),
        ),
    )


def opened(written: bytes) -> Any:
    """A Word document as python-docx reads it. Its types allow for parts that ours always has."""
    return Document(io.BytesIO(written))


def uncompressed(written: bytes) -> bytes:
    """The bytes of a PDF with its streams opened, where the structure and the metadata stand in plain text."""
    parts = [written]
    for stream in STREAM.findall(written):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    return b"\n".join(parts)
