"""A return's files as the portal hands them out: their kind and their own safe names. Pure."""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that a return comes as."""

    ending: str
    content_type: str


WORKBOOK = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
CSV = FileKind("csv", "text/csv; charset=utf-8")


def kind_of(file_name: str) -> FileKind:
    """The kind by the ending, which the reader held against the content before the file became a version."""
    return CSV if file_name.lower().endswith(".csv") else WORKBOOK


def blank_name_of(provider: str, month: date, kind: FileKind) -> str:
    """The name of a blank return: "nelft-return-2019-09-template.xlsx"."""
    return f"{_start_of_name(provider, month)}-template.{kind.ending}"


def nil_name_of(provider: str, month: date) -> str:
    """The name of the file that the portal writes for a nil return: "nelft-return-2019-09-nil.csv"."""
    return f"{_start_of_name(provider, month)}-nil.{CSV.ending}"


def name_of(provider: str, month: date, number: int, kind: FileKind) -> str:
    """The portal’s own name for a file, without anything of the sender’s: "nelft-return-2019-08-version-1.xlsx"."""
    return f"{_start_of_name(provider, month)}-version-{number}.{kind.ending}"


def name_of_marked(provider: str, month: date | None) -> str:
    """The name of a workbook with its findings, which may be uploaded again under it.

    "nelft-return-2019-09-with-findings.xlsx"; no month where the file did not say which.
    """
    return f"{_start_of_name(provider, month)}-with-findings.{WORKBOOK.ending}"


def name_of_findings(provider: str, month: date | None) -> str:
    """The name of the list of findings: "nelft-return-2019-09-findings.csv"."""
    return f"{_start_of_name(provider, month)}-findings.{CSV.ending}"


def _start_of_name(provider: str, month: date | None) -> str:
    who = re.sub(r"[^a-z0-9]+", "-", provider.lower()).strip("-")
    return f"{who or 'provider'}-return" + (f"-{month:%Y-%m}" if month else "")
