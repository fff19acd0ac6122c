"""What a paper says, whatever file it becomes: a title, what it was made of and when, and blocks. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

# What XML 1.0 cannot hold: control characters, lone surrogates and two code points that stand for nothing.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EMPTY_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: level 2 for a part, 3 and 4 within it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its line breaks are kept. `is_strong` is for what nobody may miss."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or with numbers from 1."""

    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. The first cell of each row is the row's heading.

    `numbers` are the places (from 0) of columns that hold figures and stand to the right; `has_total` makes the last
    row one that adds up the others.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """Rows of a name and what it stands for: "Date of decision", "28 March 2019"."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG), what it shows in words for who cannot see it, and a caption below it."""

    png: bytes
    described: str
    caption: str = ""


Block = Heading | Paragraph | Items | Table | Definitions | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    `stamp` are the lines under the title that say what it is and as at when; `written_at` is the moment that the
    file gives as its own, so it is that of what the paper tells and never now; `running` stands at the foot of each
    page beside its number; `is_wide` turns the page.
    """

    title: str
    blocks: tuple[Block, ...]
    written_at: datetime
    stamp: tuple[str, ...] = ()
    author: str = ""
    running: str = ""
    is_wide: bool = False

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        return self.running or self.title


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """What somebody typed, as paragraphs: an empty line begins a new one."""
    parts = (part.strip() for part in EMPTY_LINE.split(text.replace("\r\n", "\n").strip()))
    return tuple(Paragraph(part) for part in parts if part)


def writable(text: str) -> str:
    """`text` without the characters that no file of this kind can hold, its line breaks as one character each."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
