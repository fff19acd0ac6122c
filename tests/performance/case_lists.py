"""Case lists made by code: the sample's rows, any of them changed, in any encoding."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from performance.case_list.read import read_case_list
from performance.case_list.shapes import CaseListFile, CountedMeasure, ListTerms, ReadList
from performance.findings import Finding
from tests.hostile_files.build import RETURNS
from tests.performance.kent_form import KENT_FORM, PATHWAY

SAMPLE = RETURNS / "nelft-case-list-2019-08.csv"
HEADINGS = ["case_ref", "pathway", "area", "referral_route", "opened_on", "closed_on"]
AUGUST = date(2019, 8, 1)
TODAY = date(2019, 10, 17)
TERMS = ListTerms(
    pattern="EH-[0-9]{4}-[0-9]{5}",
    counted=(CountedMeasure(PATHWAY, "Early Help", "early-help", "Early Help"),),
    areas=KENT_FORM.parts,
    month=AUGUST,
    today=TODAY,
)
GOOD = ["EH-2019-10001", "Early Help", "East Kent", "SPA", "2019-07-04", ""]


def sample_rows() -> list[list[str]]:
    """The sample list of August 2019, its headings first."""
    return list(csv.reader(io.StringIO(SAMPLE.read_text())))


def changed_row(**changes: str) -> list[str]:
    """A good row with some cells changed, by their headings."""
    return [changes.get(heading, text) for heading, text in zip(HEADINGS, GOOD, strict=True)]


def content_of(
    rows: Iterable[Iterable[str]], separator: str = ",", encoding: str = "utf-8", ending: str = "\r\n"
) -> bytes:
    """The rows as a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=ending).writerows(rows)
    return stream.getvalue().encode(encoding)


def list_of(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    """A list of some rows under the headings."""
    return content_of([headings, *rows])


def handed_in(content: bytes, name: str = "case-list.csv") -> CaseListFile:
    """A list as somebody hands it in."""
    return CaseListFile(io.BytesIO(content), name)


def read(content: bytes, name: str = "case-list.csv", terms: ListTerms = TERMS) -> ReadList:
    """What a list says under the terms of Kent's August."""
    return read_case_list(handed_in(content, name), terms)


def places(findings: Iterable[Finding]) -> list[tuple[str | None, str]]:
    """Where each finding is, and its code."""
    return [(finding.cell, finding.code) for finding in findings]


def said(findings: Iterable[Finding]) -> str:
    """Every word of the findings."""
    return " ".join(f"{one.sheet} {one.cell} {one.title} {one.found} {one.expected} {one.remedy}" for one in findings)
