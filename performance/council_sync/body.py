"""A batch as it stands in the body of a request: its frame is read at once, each case by itself and later."""

from collections.abc import Mapping
from datetime import date

import msgspec
from msgspec import Raw, Struct

from performance.council_sync import limits, refused
from performance.council_sync.cutting import cut
from performance.council_sync.fields import iso_day
from performance.council_sync.names import has_a_name_twice, named

NO_CASES = b"[]"
MEMBERS = ("agreement", "as_of", "cases")


class Batch(Struct):
    """A batch: the agreement's reference where it has one, its day, and its cases as they were sent."""

    agreement: str | None
    as_of: date
    cases: list[Raw]


FRAMES, CASES = msgspec.json.Decoder(dict[str, Raw]), msgspec.json.Decoder(list[Raw])
AGREEMENTS, DAYS = msgspec.json.Decoder(str | None), msgspec.json.Decoder(str)


def read_body(body: bytes, today: date) -> Batch:
    """The batch in a body that came on the day `today`; raises BatchRefused."""
    if not body:
        raise refused.empty()
    if len(body) > limits.MAX_BYTES:
        raise refused.too_large()
    try:
        frame, cases = _frame_and_cases(body)
    except msgspec.ValidationError as error:
        raise refused.not_an_object() from error
    except RecursionError as error:
        raise refused.too_deep() from error
    except (msgspec.DecodeError, ValueError) as error:
        raise refused.not_json() from error
    if len(cases) > limits.MAX_CASES:
        raise refused.too_many_cases()
    return Batch(_agreement(frame), _day(frame, today), cases)


def _frame_and_cases(body: bytes) -> tuple[Mapping[str, Raw], list[Raw]]:
    """The members of a batch and its cases; one by one where they cannot be read at once."""
    text = body.decode()
    try:
        frame = FRAMES.decode(body)
        _refuse_other_members(frame)
        cases = _cases(frame)
        # The cases, nearly all of the body, are left out of this second reading.
        body = body.replace(bytes(frame["cases"]), NO_CASES, 1)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, RecursionError):
        body, cases = cut(text)
        frame = FRAMES.decode(body)
        _refuse_other_members(frame)
    if has_a_name_twice(body):
        raise refused.member_twice()
    return frame, cases


def _refuse_other_members(frame: Mapping[str, Raw]) -> None:
    other = [name for name in frame if name not in MEMBERS]
    if other:
        raise refused.other_member(named(other[0]))


def _cases(frame: Mapping[str, Raw]) -> list[Raw]:
    if "cases" not in frame:
        raise refused.no_cases()
    try:
        return CASES.decode(frame["cases"])
    except msgspec.ValidationError as error:
        raise refused.no_cases() from error


def _agreement(frame: Mapping[str, Raw]) -> str | None:
    try:
        return AGREEMENTS.decode(frame["agreement"]) if "agreement" in frame else None
    except msgspec.ValidationError as error:
        raise refused.not_an_agreement() from error


def _day(frame: Mapping[str, Raw], today: date) -> date:
    try:
        day = iso_day(DAYS.decode(frame["as_of"])) if "as_of" in frame else None
    except msgspec.ValidationError:
        day = None
    if day is None or day.year < limits.EARLIEST_YEAR:
        raise refused.not_a_day()
    if day > today:
        raise refused.day_ahead()
    return day
