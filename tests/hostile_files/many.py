"""Returns with so many faults that a report of them could be too much: on every row, or in every cell."""

from tests.hostile_files.build import loaded, saved, valid_content, with_part_changed
from tests.hostile_files.packages import ACTIVITY_PART

EARLY_HELP = "Support to Early Help Units"
LAST_ROW = 5_000
# Two findings each, for a formula that calls out and was never calculated, up to the number of cells that are read.
FAULTY_ROWS, FAULTY_COLUMNS = 1_780, 56


def faulty_rows() -> bytes:
    """Activity with as many rows as are read, every one of them with a number that is none."""
    workbook = loaded()
    sheet = workbook["Activity"]
    for row in range(2, LAST_ROW + 1):
        if row > 20:
            sheet.cell(row, 1, EARLY_HELP)
            sheet.cell(row, 2, f"Something else {row}")
            sheet.cell(row, 3, "children")
        for column in (4, 5, 6):
            sheet.cell(row, column, f"about {row}")
    return saved(workbook)


def faulty_cells() -> bytes:
    """Activity with nearly 100,000 formulas that call another program and were never calculated."""
    rows = (
        f'<row r="{row}">'
        + "".join(f"<c><f>cmd|'/c {hash((row, column)) % 10**9}'!A0</f></c>" for column in range(1, FAULTY_COLUMNS + 1))
        + "</row>"
        for row in range(21, 21 + FAULTY_ROWS)
    )
    return with_part_changed(valid_content(), ACTIVITY_PART, b"</sheetData>", "".join(rows).encode() + b"</sheetData>")
