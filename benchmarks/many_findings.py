"""Returns with a fault on every row or in every cell, to be judged and handed back with their findings."""

import io
from dataclasses import dataclass
from datetime import date
from functools import partial

import openpyxl

from benchmarks.memory import peak_megabytes
from benchmarks.timing import seconds_of
from contracts.models import Agreement
from cypmhs_portal.demo.returns import FOLDER
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.findings import count_of
from performance.workbook.annotate import annotated

SAMPLE = "nelft-return-2019-08.xlsx"
ON = date(2019, 10, 17)
LAST_ROW = 5_000
# Each formula that calls out and was never calculated is two findings.
FORMULA_ROWS, FORMULA_COLUMNS = 1_780, 56


@dataclass(frozen=True, slots=True)
class Measured:
    """One piece of work on a file, how long it took and what it held at most."""

    what: str
    findings: int
    seconds: float
    megabytes: float


def measured(agreement: Agreement) -> list[Measured]:
    """Judging and marking a return of 5,000 faulty rows and one of 200,000 findings."""
    rows = _of_file("return of 5,000 rows, all faulty", faulty_rows(), agreement)
    return [*rows, *_of_file("return of 100,000 faulty cells", faulty_cells(), agreement)]


def faulty_rows() -> bytes:
    """Activity with as many rows as are read, and a number that is none in each of them."""
    workbook = openpyxl.load_workbook(FOLDER / SAMPLE)
    sheet = workbook["Activity"]
    for row in range(2, LAST_ROW + 1):
        if row > sheet.max_row:
            sheet.append(["Support to Early Help Units", f"Something else {row}", "children"])
        for column in (4, 5, 6):
            sheet.cell(row, column, f"about {row}")
    return _saved(workbook)


def faulty_cells() -> bytes:
    """Activity with nearly as many cells as are read, each a formula that calls another program."""
    workbook = openpyxl.load_workbook(FOLDER / SAMPLE)
    sheet = workbook["Activity"]
    for row in range(1, FORMULA_ROWS + 1):
        sheet.append([f"=cmd|'/c {row * column % 9973}'!A0" for column in range(1, FORMULA_COLUMNS + 1)])
    return _saved(workbook)


def _saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _of_file(name: str, content: bytes, agreement: Agreement) -> list[Measured]:
    judging = partial(judge, ReceivedFile(content, SAMPLE), on=ON, expected=agreement)
    judged: Judged = judging()
    marking = partial(annotated, content, judged.findings)
    found = count_of(judged.findings)
    return [
        Measured(f"{name}, judged", found, seconds_of(judging), peak_megabytes(judging)),
        Measured(f"{name}, marked", found, seconds_of(marking), peak_megabytes(marking)),
    ]
