"""The parts of a workbook that its sheets lean on: the list of sheets, the shared texts and the date formats."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from performance.workbook import limits
from performance.workbook.package import Package
from performance.workbook.refusals import damaged, too_large
from performance.workbook.xml_parts import Nothing, attribute, read_part

ROOT_RELATIONS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name as on its tab, the part it stands in, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What is needed to read any sheet. `epoch` is the day that serial dates count from (1900 or 1904)."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    epoch: datetime
    shared_part: str | None = None


@dataclass(slots=True)
class _Relations(Nothing):
    """Targets and kinds by relation id."""

    targets: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attribute(attributes, "TargetMode") != "External":
            identity = attribute(attributes, "Id")
            self.targets[identity] = attribute(attributes, "Target")
            self.kinds[identity] = attribute(attributes, "Type").rpartition("/")[2]

    def of_kind(self, kind: str) -> str | None:
        """The target of the first relation of a kind."""
        return next((self.targets[identity] for identity, known in self.kinds.items() if known == kind), None)


@dataclass(slots=True)
class _Workbook(Nothing):
    """The sheets in order, and whether dates count from 1904."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    counts_from_1904: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            state = attribute(attributes, "state")
            self.sheets.append((attribute(attributes, "name"), attribute(attributes, "id"), state.endswith("idden")))
        elif name == "workbookPr":
            self.counts_from_1904 = attribute(attributes, "date1904") in {"1", "true"}


@dataclass(slots=True)
class _Texts(Nothing):
    """Shared texts: runs joined, phonetic readings left out."""

    texts: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _is_text: bool = False
    _is_phonetic: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._is_phonetic = True
        self._is_text = name == "t" and not self._is_phonetic

    def data(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self.texts.append("".join(self._pieces))


@dataclass(slots=True)
class _Styles(Nothing):
    """Which cell styles show a number as a date."""

    formats: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    _is_cell_style: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.formats[attribute(attributes, "numFmtId")] = attribute(attributes, "formatCode")
        elif name == "cellXfs":
            self._is_cell_style = True
        elif name == "xf" and self._is_cell_style:
            self.used.append(attribute(attributes, "numFmtId"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cell_style = False

    def dates(self) -> frozenset[int]:
        """The numbers of the styles with a date format."""
        return frozenset(index for index, number in enumerate(self.used) if is_date_format(self._format(number)))

    def _format(self, number: str) -> str:
        built_in = BUILTIN_FORMATS.get(int(number), "General") if number.isascii() and number.isdigit() else "General"
        return self.formats.get(number, built_in)


def workbook_parts(package: Package) -> WorkbookParts:
    """The sheets, texts and date formats of a package that was checked; raises Refused."""
    root = _relations(package, ROOT_RELATIONS)
    main = _resolved("", root.of_kind("officeDocument") or "xl/workbook.xml")
    relations = _relations(
        package, posixpath.join(posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels")
    )
    workbook = _Workbook()
    read_part(package.chunks(main), workbook)
    folder = posixpath.dirname(main)
    return WorkbookParts(
        sheets=_sheets(workbook, relations, folder),
        texts=_texts(package, relations, folder),
        date_styles=_date_styles(package, relations, folder),
        epoch=CALENDAR_MAC_1904 if workbook.counts_from_1904 else WINDOWS_EPOCH,
        shared_part=_shared_part(relations, folder),
    )


def _relations(package: Package, name: str) -> _Relations:
    relations = _Relations()
    if package.holds(name):
        read_part(package.chunks(name), relations)
    return relations


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _sheets(workbook: _Workbook, relations: _Relations, folder: str) -> tuple[SheetPart, ...]:
    if not workbook.sheets:
        raise damaged("A workbook without sheets")
    if len(workbook.sheets) > limits.MAX_SHEETS:
        raise too_large(f"{len(workbook.sheets):,} sheets", f"No more than {limits.MAX_SHEETS} sheets")
    return tuple(
        SheetPart(name, _resolved(folder, relations.targets[identity]), is_hidden)
        for name, identity, is_hidden in workbook.sheets
        if relations.kinds.get(identity) == "worksheet"
    )


def _texts(package: Package, relations: _Relations, folder: str) -> tuple[str, ...]:
    part = _shared_part(relations, folder)
    texts = _Texts()
    if part is not None:
        read_part(package.chunks(part), texts)
    return tuple(texts.texts)


def _shared_part(relations: _Relations, folder: str) -> str | None:
    target = relations.of_kind("sharedStrings")
    return None if target is None else _resolved(folder, target)


def _date_styles(package: Package, relations: _Relations, folder: str) -> frozenset[int]:
    target = relations.of_kind("styles")
    styles = _Styles()
    if target is not None:
        read_part(package.chunks(_resolved(folder, target)), styles)
    return styles.dates()
