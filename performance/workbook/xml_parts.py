"""Reads one XML part of a package as a stream of elements: no DOCTYPE, no entity, no tree in memory."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from performance.workbook.refusals import damaged, unsafe


class Target(Protocol):
    """What is told of each element, with names without their namespace (transitional and strict differ in it)."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, name: str) -> None: ...


class _Local:
    """Hands elements on by their local name."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.data = target.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._target.start(local(tag), attributes)

    def end(self, tag: str) -> None:
        self._target.end(local(tag))

    def close(self) -> None:
        return None


class Nothing:
    """A target for parts that are only checked."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Ignore."""

    def data(self, text: str) -> None:
        """Ignore."""

    def end(self, name: str) -> None:
        """Ignore."""


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its local name, "" where it is not there."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def read_part(chunks: Iterable[bytes], target: Target) -> None:
    """Feed `chunks` to `target`; raises Refused on a DOCTYPE, an entity or a part that is no XML."""
    parser: Any = DefusedXMLParser(target=_Local(target), forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        raise unsafe("doctype", "A document type or entity, which Excel never writes") from None
    except (ParseError, ValueError, LookupError):
        # A parser's own words would repeat what it read, so they go no further.
        raise damaged("A part of the workbook that is no proper XML") from None
