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


def name_of(provider: str, month: date, number: int, kind: FileKind) -> str:
    """The portal’s own name for a file, without anything of the sender’s: "nelft-return-2019-08-version-1.xlsx"."""
    who = re.sub(r"[^a-z0-9]+", "-", provider.lower()).strip("-")
    return f"{who or 'provider'}-return-{month:%Y-%m}-version-{number}.{kind.ending}"
