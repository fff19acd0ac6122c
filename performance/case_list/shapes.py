"""What an agreement asks of a case list, and what was read from one: plain shapes without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, NamedTuple

from contracts.periods import add_months
from performance.findings import Finding
from performance.form import AskedArea


class Case(NamedTuple):
    """One case: its pseudonym, its pathway and area by their codes, and since when it has been held."""

    reference: str
    pathway: str
    area: str
    referral_route: str
    opened_on: date
    closed_on: date | None

    def is_open_before(self, day: date) -> bool:
        """Whether the case was open as the day before `day` ended: opened by then, and not closed by then."""
        return self.opened_on < day and (self.closed_on is None or self.closed_on >= day)


@dataclass(frozen=True, slots=True)
class CountedMeasure:
    """A caseload whose children a list names: the measure's key, its label and its pathway's code and name."""

    key: int
    label: str
    pathway: str
    pathway_name: str


@dataclass(frozen=True, slots=True)
class ListTerms:
    """What an agreement asks of the case list of `month`, read on the day `today`.

    `pattern` is what a case reference looks like, "" for any; `areas` are the parts that a case may be held in.
    """

    pattern: str
    counted: tuple[CountedMeasure, ...]
    areas: tuple[AskedArea, ...]
    month: date | None
    today: date

    @property
    def month_after(self) -> date | None:
        """The first day after the month."""
        return add_months(self.month, 1) if self.month else None


@dataclass(frozen=True, slots=True)
class CaseListFile:
    """A case list as somebody handed it in: a stream that can be gone back in, and the sender's name for it."""

    stream: BinaryIO
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is to be read again: its encoding, its separator, and each column's place from 0."""

    encoding: str
    separator: str
    places: Mapping[str, int]
    heading_row: int
    width: int


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a case list says: cases open at the month's end by pathway and area (their codes), and every finding.

    `layout` is None for a file that could not be read.
    """

    sha256: str
    size: int
    cases: int
    open_cases: Mapping[tuple[str, str], int]
    layout: Layout | None
    findings: tuple[Finding, ...]
