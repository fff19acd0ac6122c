"""Reads a cell as a month or a day. "01/08/2019" may be January or August, so it is refused rather than guessed."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from performance.workbook.grid import Cell

# In English whatever the server's locale.
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
# With two digits of the year as Excel writes a date into a CSV file: 16-Oct-19, and Sep-19 for a month.
DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]+(\d{4}|\d{2})")
MONTH_IN_WORDS = re.compile(r"([a-z]{3,9})(?:[ -](\d{4})|-(\d{2}))")
NUMERIC_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
LAST_MONTH = 12
SHORT_YEAR = 2
# 0019-09 is a slip of the hand, not a month of the year 19.
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day; `is_ambiguous`: it could also be another one; `candidates` are both; `is_month`: no day was
    given, the first is meant."""

    day: date | None
    is_ambiguous: bool = False
    is_month: bool = False
    candidates: tuple[date, ...] = ()


def read_day(cell: Cell) -> ReadDay:
    """The day in a cell, or none; a date cell is read as it stands, text only where it has one meaning."""
    if isinstance(cell.value, date):
        value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return ReadDay(value if value.year >= EARLIEST_YEAR else None)
    return _day_from_text(" ".join(cell.value.split()).casefold()) if isinstance(cell.value, str) else ReadDay(None)


def _day_from_text(text: str) -> ReadDay:
    if match := ISO_DAY.fullmatch(text.upper()):
        return ReadDay(_day(match.group(1), match.group(2), match.group(3)))
    if match := ISO_MONTH.fullmatch(text):
        return ReadDay(_day(match.group(1), match.group(2), "1"), is_month=True)
    if match := DAY_IN_WORDS.fullmatch(text):
        return ReadDay(_day(_full_year(match.group(3)), _month_number(match.group(2)), match.group(1)))
    if match := MONTH_IN_WORDS.fullmatch(text):
        year = _full_year(match.group(2) or match.group(3))
        return ReadDay(_day(year, _month_number(match.group(1)), "1"), is_month=True)
    if match := NUMERIC_DAY.fullmatch(text):
        return _numeric_day(match.group(1), match.group(2), match.group(3))
    return ReadDay(None)


def _numeric_day(first: str, second: str, year: str) -> ReadDay:
    """British order. Only a first number above 12, or two equal ones, cannot be an American date."""
    if first != second and int(first) <= LAST_MONTH and int(second) <= LAST_MONTH:
        both = (_day(year, second, first), _day(year, first, second))
        candidates = tuple(one for one in both if one is not None)
        return ReadDay(None, is_ambiguous=bool(candidates), candidates=candidates)
    return ReadDay(_day(year, second, first))


def _month_number(name: str) -> str:
    number = next((index for index, month in enumerate(MONTHS, start=1) if name in {month, month[:3]}), 0)
    return str(9 if name == "sept" else number)


def _full_year(year: str) -> str:
    """A return is of this century: 19 is 2019."""
    return year if len(year) > SHORT_YEAR else f"20{year}"


def _day(year: str, month: str, day: str) -> date | None:
    if int(year) < EARLIEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
