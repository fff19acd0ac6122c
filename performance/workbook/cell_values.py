"""What the text of a cell in a workbook's XML means."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.utils.datetime import from_excel, from_ISO8601

from performance.workbook.grid import CellValue, Fault
from performance.workbook.wording import cleaned

TRUE = frozenset({"1", "true"})
# Excel keeps and shows 15 digits: 7.0999999999999996 in the file is 7.1 on the screen.
EXCEL_DIGITS = 15
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def excel_number(text: str) -> Decimal | None:
    """The number that Excel shows for a number in its file, None for what Excel cannot hold (NaN, 1e999)."""
    if not NUMBER.fullmatch(text.strip()) or not math.isfinite(float(text)):
        return None
    return Decimal(f"{float(text):.{EXCEL_DIGITS}g}")


def whole_or(text: str, otherwise: int) -> int:
    """`text` as a whole number, `otherwise` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= EXCEL_DIGITS else otherwise


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def boolean(text: str) -> CellValue:
    """A true or false cell."""
    return text.strip() in TRUE


def error_value(text: str) -> CellValue:
    """An error such as #REF!."""
    return Fault("formula-error", f"The error {cleaned(text)}")


def iso_date(text: str) -> CellValue:
    """A date written out, as strict workbooks do."""
    try:
        value: object = from_ISO8601(text)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return Fault("unreadable", "A date that cannot be read")
    return value if isinstance(value, date | time) else str(value)


def serial_date(number: Decimal, epoch: datetime) -> CellValue:
    """A date counted in days from `epoch`; a duration as text."""
    try:
        value = from_excel(float(number), epoch)
    except (ValueError, OverflowError, TypeError):
        return Fault("unreadable", "A date outside the calendar")
    return str(value) if isinstance(value, timedelta) else value
