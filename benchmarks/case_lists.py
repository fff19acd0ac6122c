"""A case list as long as one may be, taken in beside the barest way to put its rows into a table."""

import resource
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import connection
from django.utils import timezone

from contracts.audit import CONSOLE
from contracts.models import Agreement
from cypmhs_portal.demo.returns import FOLDER
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.case_list.limits import MAX_CASES
from performance.case_list.shapes import CaseListFile
from performance.models import ListedCase

MONTH = date(2019, 8, 1)
SAMPLE_LIST = FOLDER / f"nelft-case-list-{MONTH:%Y-%m}.csv"
BARE = "bare_cases"
KILOBYTES_IN_A_MEGABYTE = 1024


def rows_of_many() -> Iterator[str]:
    """The sample's cases, which its return reports, and as many that closed long before as a list has room for."""
    sample = SAMPLE_LIST.read_text().splitlines()
    yield from sample
    first = date(2010, 1, 1)
    for number in range(MAX_CASES - len(sample) + 1):
        year, place = divmod(number, 100_000)
        opened = first + timedelta(days=number % 2_000)
        area = ("East Kent", "West Kent")[number % 2]
        yield f"EH-{2000 + year}-{place:05},Early Help,{area},SPA,{opened},{opened + timedelta(days=90)}"


def write_many(path: Path) -> None:
    """A list of 500,000 cases as a file."""
    with path.open("w") as file:
        file.writelines(f"{row}\r\n" for row in rows_of_many())


def take_in(agreement: Agreement, stream: BinaryIO) -> None:
    """Judge and keep the sample return with a list, as any upload; raises RuntimeError where it is refused."""
    path = FOLDER / f"nelft-return-{MONTH:%Y-%m}.xlsx"
    judged = judge(
        ReceivedFile(path.read_bytes(), path.name),
        on=timezone.localdate(),
        expected=agreement,
        case_list=CaseListFile(stream, SAMPLE_LIST.name),
    )
    receipt = receive(judged, by=CONSOLE, at=timezone.now(), why="Measuring", warnings_reason="Measuring")
    if receipt.version is None or receipt.version.case_list.cases != MAX_CASES:
        raise RuntimeError(f"The list was not taken in: {receipt.judged.findings}")


def prepare_bare(path: Path) -> None:
    """An empty table like that of listed cases, and a file of the rows that are in it, ready to be copied."""
    table = ListedCase._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {BARE} (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING CONSTRAINTS)")
        with path.open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT") as rows:
            file.writelines(rows)


def copy_bare(path: Path) -> None:
    """Put the prepared rows into the bare table."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {BARE} FROM STDIN") as copy, path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            copy.write(chunk)


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_IN_A_MEGABYTE
