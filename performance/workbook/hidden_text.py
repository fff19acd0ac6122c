"""Looks for personal data everywhere in a package but in the values of cells, which are looked at with their addresses.

Pictures and printers' own bytes cannot be searched; a part of any other kind was refused before.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from contracts.personal_data import PersonalData, kinds_of_personal_data, with_article
from performance.findings import Finding, error
from performance.workbook import limits
from performance.workbook.contents import is_xml
from performance.workbook.package import Package
from performance.workbook.xml_parts import Nothing, read_part

# The shortest thing looked for is a postcode such as M11AA.
FEWEST_CHARACTERS = 5
# Runs of one paragraph are joined, so that a number split by formatting is still seen.
RUNS = frozenset({"t", "r", "rPr"})
CELL = "c"
# What programs write by themselves, in which letters and digits in a row mean nothing.
IDENTITY = re.compile(r"\{?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}?", re.IGNORECASE)
COLOUR = re.compile(r"#?(?:[0-9A-F]{6}|[0-9A-F]{8})", re.IGNORECASE)
COLOUR_ATTRIBUTES = frozenset({"val", "rgb", "lastClr", "fillcolor", "strokecolor", "color", "color2"})
HASHES = frozenset({"hashValue", "saltValue"})
NUMBERED_ELEMENTS = frozenset({"axId", "crossAx", "creationId"})
# The names of sheets are told apart and found with the sheets.
SHEET_NAME = ("sheet", "name")


@dataclass(slots=True)
class _Texts(Nothing):
    """Remembers only which kinds of personal data stood in a part's texts and attributes.

    `passes_cells`: the part is a sheet whose cells are looked at one by one.
    """

    found: set[PersonalData]
    passes_cells: bool = False
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _is_in_cell: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._is_in_cell = self._is_in_cell or (self.passes_cells and name == CELL)
        for key, value in attributes.items():
            local = key.rpartition("}")[2]
            if len(value) >= FEWEST_CHARACTERS and not _is_machine_made(name, local, value):
                _look(IDENTITY.sub(" ", value), self.found)

    def data(self, text: str) -> None:
        if not self._is_in_cell and self._length <= limits.MAX_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    def end(self, name: str) -> None:
        if name not in RUNS:
            _look("".join(self._pieces), self.found)
            self._pieces, self._length = [], 0
        if name == CELL:
            self._is_in_cell = False


def hidden_personal_data(
    package: Package, sheet_parts: frozenset[str], shared_part: str | None, unused_texts: Iterable[str]
) -> tuple[Finding, ...]:
    """One finding for each kind of personal data outside the cells' values.

    `sheet_parts` are the sheets whose cells are read, `shared_part` the part of their shared texts, of which
    `unused_texts` stand in no cell.
    """
    found: set[PersonalData] = set()
    for text in (*package.notes, *unused_texts):
        _look(text, found)
    for name in package.names:
        if name != shared_part and is_xml(package, name):
            read_part(package.chunks(name), _Texts(found, name in sheet_parts))
    return tuple(_finding(kind) for kind in sorted(found))


def _is_machine_made(element: str, name: str, value: str) -> bool:
    return (
        (element, name) == SHEET_NAME
        or name in HASHES
        or element in NUMBERED_ELEMENTS
        or (name in COLOUR_ATTRIBUTES and COLOUR.fullmatch(value) is not None)
    )


def _look(text: str, found: set[PersonalData]) -> None:
    short = text[: limits.MAX_TEXT]
    if len(short) >= FEWEST_CHARACTERS:
        found.update(kinds_of_personal_data(short))
        # A link's target writes a space as %20.
        if "%" in short:
            found.update(kinds_of_personal_data(unquote(short)))


def _finding(kind: PersonalData) -> Finding:
    words = with_article(kind)
    return error(
        "personal-data",
        None,
        None,
        title=f"Something outside the cells seems to hold {words}",
        found=f"{words[:1].upper()}{words[1:]} (not repeated here) in a note, link, header, name, rule or property",
        expected="Nothing that could identify a child",
        remedy="In Excel: File, Info, Inspect Document; remove comments, properties, headers and footers, and check "
        "links and defined names. Then upload again. This file was not kept",
    )
