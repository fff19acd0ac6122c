"""The cells of a workbook as its XML has them, so that a marked copy can hold exactly the same.

openpyxl keeps a formula or its last value, not both, and reads a date or an odd number in its own way. What it would
change is taken from here instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from performance.workbook import limits
from performance.workbook.cell_values import column_number, whole_or
from performance.workbook.package import Package
from performance.workbook.sheet_part import ADDRESS, TEXT_ELEMENTS
from performance.workbook.workbook_parts import SheetPart, WorkbookParts
from performance.workbook.xml_parts import Nothing, attribute, read_part

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """What stands in a cell. `kind` is its type in the file ("" for a number), `value` its text, None for no value."""

    kind: str
    value: str | None


@dataclass(slots=True)
class RawSheet(Nothing):
    """The cells of one sheet by row and column, and how much text its shared formulas would be written out to."""

    texts: tuple[str, ...]
    cells: dict[Place, RawCell] = field(default_factory=dict)
    shared_text: int = 0
    _shared: dict[str, int] = field(default_factory=dict)
    _place: Place = (0, 0)
    _kind: str = ""
    _element: str = ""
    _formula: str | None = None
    _is_phonetic: bool = False
    _pieces: dict[str, list[str]] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note where the reader stands."""
        if name == "row":
            self._place = (whole_or(attribute(attributes, "r"), self._place[0] + 1), 0)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "rPh":
            self._is_phonetic = True
        elif name in TEXT_ELEMENTS and not self._is_phonetic:
            self._element = name
            self._pieces.setdefault(name, [])
            if name == "f" and attribute(attributes, "t") == "shared":
                self._formula = attribute(attributes, "si")

    def data(self, text: str) -> None:
        """Keep the text of a value, a formula or an inline text."""
        if self._element:
            self._pieces[self._element].append(text)

    def end(self, name: str) -> None:
        """Finish a text or a cell."""
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._is_phonetic = False
        elif name in TEXT_ELEMENTS:
            self._element = ""

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        address = ADDRESS.fullmatch(attribute(attributes, "r"))
        row, column = self._place
        self._place = (int(address.group(2)), column_number(address.group(1))) if address else (row, column + 1)
        self._kind = attribute(attributes, "t")
        self._formula, self._pieces = None, {}

    def _end_cell(self) -> None:
        if self._formula is not None:
            own = len("".join(self._pieces["f"]))
            self.shared_text += self._shared.setdefault(self._formula, own)
        if any(any(pieces) for pieces in self._pieces.values()) or "f" in self._pieces:
            self.cells[self._place] = self._cell()

    def _cell(self) -> RawCell:
        if self._kind == "inlineStr":
            return RawCell("text", "".join(self._pieces.get("t", [])))
        value = "".join(self._pieces["v"]) if "v" in self._pieces else None
        if self._kind != "s" or value is None:
            return RawCell(self._kind, value)
        # The reader accepted the file, so the text is there.
        text = self.texts[int(value)]
        return RawCell("str", text) if "f" in self._pieces else RawCell("text", text)


def raw_sheet(package: Package, sheet: SheetPart, parts: WorkbookParts) -> RawSheet:
    """The cells of one sheet of a package that the reader accepted; raises Refused."""
    raw = RawSheet(parts.texts)
    read_part(package.chunks(sheet.part), raw)
    return raw


def is_within_a_return(place: Place) -> bool:
    """Whether a cell lies where the reader looks for content."""
    return 1 <= place[0] <= limits.MAX_ROWS and 1 <= place[1] <= limits.MAX_COLUMNS
