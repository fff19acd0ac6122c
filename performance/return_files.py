"""A version's file as the portal hands it out: its kind and its own safe name. Pure."""

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


def _start_of_name(provider: str, month: date) -> str:
    who = re.sub(r"[^a-z0-9]+", "-", provider.lower()).strip("-")
    return f"{who or 'provider'}-return-{month:%Y-%m}"
