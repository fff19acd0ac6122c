"""What a row of the audit view says: the screen shows its cells, and the file writes the same. Imports no Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One statement in a cell, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under one heading; without parts it says "none"."""

    heading: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The parts as one text."""
        return "; ".join(part.text for part in self.parts) or NOTHING


def cell(heading: str, *parts: str | Part) -> Cell:
    """A cell of texts and links, empty texts left out."""
    made = (part if isinstance(part, Part) else Part(part) for part in parts)
    return Cell(heading, tuple(part for part in made if part.text))


def table(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """Headings and rows of text; the headings are those of the first row."""
    texts = list(rows)
    if not texts:
        return []
    return [[one.heading for one in texts[0]], *([one.text for one in row] for row in texts)]
