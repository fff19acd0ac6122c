"""What each field of a case may hold: one rule for each, which gives what it says or the reason it is refused.

A field is judged by its text alone, so that what repeats from case to case is judged once.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

import msgspec

from contracts.personal_data import kinds_of_personal_data
from performance.case_list.cells import ISO, read_reference
from performance.case_list.faults import Fault
from performance.case_list.limits import LONGEST_REFERENCE
from performance.council_sync import limits
from performance.council_sync.reasons import Reason
from performance.workbook.labels import key_of

Known = TypeVar("Known")
WITH_ZONE = Annotated[datetime, msgspec.Meta(tz=True)]
# One group of letters leaves no room for a name with a surname, short groups of digits none for a day or an NHS number.
UNIT = re.compile(r"[A-Z]{1,4}-?[0-9]{1,3}(?:-[0-9]{1,3})?")
ONE_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
LONGEST_WORD = 40


def iso_day(text: str) -> date | None:
    """The day that a text of the form 2019-08-31 names; None where it names none."""
    try:
        return date.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        return None


def day_in(text: str) -> date | Reason:
    """A day of the calendar."""
    return iso_day(text) or Reason.DATE


def reference_in(text: str, pattern: re.Pattern[str]) -> str | Reason:
    """A case reference of the agreed form, as a case list's."""
    # What is too long for a reference need not be looked through: it is neither kept nor repeated.
    read = read_reference(text, pattern) if len(text) <= LONGEST_REFERENCE else None
    if read is None or isinstance(read, Fault):
        return Reason.CASE_REFERENCE
    return read if read.isprintable() else Reason.CASE_REFERENCE


def moment_in(text: object) -> datetime | Reason:
    """When a case was changed: a moment with its time zone (RFC 3339), in UTC."""
    try:
        moment = msgspec.convert(text, WITH_ZONE)
    except msgspec.ValidationError:
        return Reason.UPDATED_AT
    # The year first: the first and the last moments of the calendar have none in UTC.
    if not limits.EARLIEST_YEAR <= moment.year < date.max.year:
        return Reason.UPDATED_AT
    return moment.astimezone(UTC)


def known_in(text: str, known: Mapping[str, Known], otherwise: Reason) -> Known | Reason:
    """A pathway or an agreed route, by any spelling that a person would take for it."""
    return known.get(key_of(text), otherwise)


def route_in(text: str, agreed: Mapping[str, str]) -> str | Reason:
    """How the case came in: an agreed route as it is agreed to be written, or one word where none are agreed."""
    if agreed:
        return known_in(text, agreed, Reason.REFERRAL_ROUTE)
    is_word = len(text) <= LONGEST_WORD and ONE_WORD.fullmatch(text)
    return text if is_word else Reason.REFERRAL_ROUTE


def unit_in(text: str) -> str | Reason:
    """The unit that holds the case: a code of one group of letters, then one or two short groups of digits."""
    is_code = len(text) <= limits.LONGEST_UNIT and UNIT.fullmatch(text) and not kinds_of_personal_data(text)
    return text if is_code else Reason.UNIT
