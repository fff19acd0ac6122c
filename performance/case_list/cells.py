"""What each cell of a case may hold. A cell is judged by its text alone, so that what repeats is judged once.

No text of a cell is repeated in what is found: a name in the wrong column looks like any other word.
"""

import re
from collections.abc import Mapping
from datetime import date

from contracts.spreadsheet_text import STARTS_A_FORMULA
from performance.case_list import limits
from performance.case_list.faults import (
    Fault,
    like_a_formula,
    not_a_reference,
    personal,
    too_long,
    unreadable_date,
)
from performance.workbook.dates import read_day
from performance.workbook.grid import Cell
from performance.workbook.labels import key_of
from performance.workbook.wording import listed

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Two letters and nine digits make no NHS number, no postcode and no word before a date: half a million references
# of this form need no closer look.
HARMLESS = re.compile(r"[A-Z]{0,2}-?(?:[0-9]-?){1,9}")
HAS_DIGIT = re.compile(r"[0-9]")


def read_reference(text: str, pattern: re.Pattern[str] | None) -> str | Fault:
    """A case reference of the agreed `pattern`; without one, anything short that has a digit and so is no name.

    The pattern is tried on no more than 40 characters, so that what is uploaded cannot keep a badly written one
    busy for long; what an administrator agrees is otherwise trusted.
    """
    plain = text.strip()
    if not plain:
        return Fault("no-reference", "A case has no reference", "A blank cell", "A reference for every case")
    if len(plain) > limits.LONGEST_REFERENCE:
        return personal(plain) or too_long("reference", "A case reference is too long", plain, limits.LONGEST_REFERENCE)
    is_known = pattern.fullmatch(plain) if pattern else _is_like_a_reference(plain)
    if not is_known:
        return personal(plain) or not_a_reference(pattern)
    return plain if HARMLESS.fullmatch(plain) else personal(plain) or plain


def read_label(text: str, known: Mapping[str, str], what: str, names: tuple[str, ...]) -> str | Fault:
    """The code of a pathway or an area (`what`) by its name or code; `known` are codes by key."""
    code = known.get(key_of(text))
    if code is not None:
        return code
    found = f"A text that is no {what} of the list, which is not repeated here" if text.strip() else "A blank cell"
    quoted = listed([f"‘{name}’" for name in names], "or")
    return personal(text) or Fault(f"unknown-{what}", f"The {what} is not known", found, quoted or "Nothing")


def read_route(text: str) -> str | Fault:
    """The way a case came in: a short text."""
    plain = text.strip()
    if not plain:
        return Fault("no-route", "A case has no referral route", "A blank cell", "How the case came in, such as SPA")
    if len(plain) > limits.LONGEST_ROUTE or not plain.isprintable():
        return personal(plain) or too_long(
            "route", "A referral route is not one short line", plain, limits.LONGEST_ROUTE
        )
    if text.startswith(STARTS_A_FORMULA) or plain.startswith(STARTS_A_FORMULA):
        return personal(plain) or like_a_formula()
    return personal(plain) or plain


def read_date(text: str) -> date | Fault | None:
    """The day in a cell, None for a blank one. A date with two meanings is none."""
    if ISO.fullmatch(text):
        read = _iso(text)
        if read:
            return read
    if not text.strip():
        return None
    day = read_day(Cell("", text[: limits.LONGEST_ROUTE]))
    if day.day and not day.is_month:
        return day.day
    return personal(text) or unreadable_date(day.is_ambiguous)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_like_a_reference(text: str) -> bool:
    return bool(HAS_DIGIT.search(text)) and text.isprintable() and not text.startswith(STARTS_A_FORMULA)
