"""Looks at every part of a package for what a return has no use for: macros, objects, links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from performance.findings import Finding, warning
from performance.workbook.guard import OLE_START
from performance.workbook.package import Package
from performance.workbook.refusals import damaged, unsafe, wrong_kind
from performance.workbook.xml_parts import Nothing, attribute, read_part

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WITHOUT_MACROS = "Save as .xlsx, which holds no macros, and upload that"
MACROS = re.compile(r"vbaproject|macroenabled|macrosheet|dialogsheet|vbadata", re.IGNORECASE)
OBJECTS = re.compile(r"/embeddings/|oleobject|/activex/|activex|/ctrlprops/|package\.embedded", re.IGNORECASE)
LINKS = re.compile(r"externallink", re.IGNORECASE)
CONNECTIONS = re.compile(r"connections?\.xml|/querytables?/|querytable|customdata|webextension|/model/", re.IGNORECASE)
LINK_ELEMENTS = frozenset({"ddeLink", "oleLink"})
# Pictures, and printers' own bytes: the only parts of a workbook that are no XML.
BINARY_PARTS = re.compile(r"\.(?:png|jpe?g|gif|emf|wmf|tiff?|bmp|bin)$", re.IGNORECASE)
ONE_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
XML_START = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


class _Rules(Nothing):
    """What no part may hold."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in LINK_ELEMENTS:
            raise unsafe("object", "A link that starts another program (DDE or OLE)")
        if name == "comment" and not ONE_CELL.fullmatch(attribute(attributes, "ref") or "A1"):
            raise damaged("A note that stands on more than one cell")


@dataclass(slots=True)
class _Types(Nothing):
    """The content types and the names that they are given to."""

    types: list[str]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.types.append(attribute(attributes, "ContentType"))


@dataclass(slots=True)
class _Relations(Nothing):
    """The kinds of relation that a part has."""

    kinds: list[str]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.kinds.append(attribute(attributes, "Type"))


def check_contents(package: Package) -> tuple[Finding, ...]:
    """Findings about parts that are ignored, after every part was inflated and checked; raises Refused.

    What a part is, is taken from its name, its declared type, its relations and its first bytes: any may lie.
    """
    package.check_unpacked_size()
    marks = [*(f"/{name}" for name in package.names), *_declared_types(package), *_relation_kinds(package)]
    _refuse_macros_and_objects(marks)
    for name in package.names:
        _check_part(package, name)
    return tuple(_ignored(marks))


def is_xml(package: Package, name: str) -> bool:
    """Whether a part is XML, by its first bytes or its name."""
    start = next(package.chunks(name), b"")
    return XML_START.match(start) is not None or name.casefold().endswith((".xml", ".rels"))


def _declared_types(package: Package) -> list[str]:
    if not package.holds(CONTENT_TYPES):
        raise wrong_kind("A packed file that is not an Excel workbook")
    types: list[str] = []
    read_part(package.chunks(CONTENT_TYPES), _Types(types))
    if not any(MACROS.search(declared) for declared in types) and WORKBOOK_TYPE not in types:
        raise wrong_kind("An Office file of another kind, such as a document or a template")
    return types


def _relation_kinds(package: Package) -> list[str]:
    kinds: list[str] = []
    for name in package.names:
        if name.casefold().endswith(".rels"):
            read_part(package.chunks(name), _Relations(kinds))
    return kinds


def _refuse_macros_and_objects(marks: list[str]) -> None:
    if any(MACROS.search(mark) for mark in marks):
        raise unsafe("macros", "Macros", WITHOUT_MACROS)
    if any(OBJECTS.search(mark) for mark in marks):
        raise unsafe(
            "object",
            "An embedded file, object or control",
            "Delete the embedded object, save and upload again",
        )


def _check_part(package: Package, name: str) -> None:
    """No part may be an OLE container in disguise; each is plain XML, or a picture or a printer's settings."""
    start = next(package.chunks(name), b"")
    if start.startswith(OLE_START):
        raise unsafe("macros", "A part that holds macros or an embedded file", WITHOUT_MACROS)
    if is_xml(package, name):
        read_part(package.chunks(name), _Rules())
    elif not BINARY_PARTS.search(name):
        raise unsafe("unknown-part", "A part that Excel does not write, such as a text file")


def _ignored(marks: list[str]) -> list[Finding]:
    kinds = (
        ("external-link", LINKS, "Links to other workbooks"),
        ("connection", CONNECTIONS, "Connections to other data"),
    )
    return [
        warning(
            code,
            None,
            None,
            title=f"{found} were ignored",
            found=found,
            expected="Numbers that stand in the workbook itself",
            remedy="Nothing was fetched. Check that the numbers are the month's own",
        )
        for code, pattern, found in kinds
        if any(pattern.search(mark) for mark in marks)
    ]
