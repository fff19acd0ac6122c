"""The shapes of a sheet's table on the page of a version."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.models import Area
from performance.form import Sheet
from performance.models import Measure
from performance.return_pages.contents import Compared
from performance.return_pages.marks import Mark


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as text, and the figure that it is, if it is one. `ref` is the file's cell where a warning names it."""

    heading: str
    text: str
    value: Decimal | None
    figure: Mark | None = None
    is_whole: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that stands out, as a tag."""

    text: str
    colour: str
    has_reason: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. With a reason for not reporting it has no cells; `ref` is the reason's, if a warning names it.

    `line` is the key of what a query is about.
    """

    measure: Measure
    cells: tuple[Cell, ...]
    before: tuple[Cell, ...]
    change: str
    flags: tuple[Flag, ...]
    not_reported_because: str
    comment: str
    line: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a service element, or of an equality characteristic."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet. `columns` are the headings of numbers: areas, the whole last, then what it is compared with."""

    sheet: Sheet
    areas: tuple[Area, ...]
    compared: tuple[Compared, ...]
    has_change: bool
    has_flags: bool
    is_rounded: bool
    groups: tuple[Group, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 1 + len(self.areas) + len(self.compared) + self.has_change + self.has_flags
