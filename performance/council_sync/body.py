"""A batch as it stands in the body of a request: its frame is read at once, each case by itself and later."""

from datetime import date

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from performance.council_sync import limits
from performance.council_sync.fields import iso_day
from performance.council_sync.names import has_a_name_twice
from performance.council_sync.refused import (
    day_ahead,
    empty,
    not_a_batch,
    not_a_day,
    not_json,
    too_deep,
    too_large,
    too_many_cases,
)

NO_CASES = b"null"


class Frame(Struct, forbid_unknown_fields=True):
    """The fields of a batch, the cases not yet read."""

    cases: Raw
    agreement: str | None = None
    as_of: str | UnsetType = UNSET


class Batch(Struct):
    """A batch: the agreement's reference where it has one, its day, and its cases as they were sent."""

    agreement: str | None
    as_of: date
    cases: list[Raw]


FRAMES, CASES = msgspec.json.Decoder(Frame), msgspec.json.Decoder(list[Raw])


def read_body(body: bytes, today: date) -> Batch:
    """The batch in a body that came on the day `today`; raises BatchRefused."""
    if not body:
        raise empty()
    if len(body) > limits.MAX_BYTES:
        raise too_large()
    try:
        body.decode()
        frame = FRAMES.decode(body)
        cases = CASES.decode(frame.cases)
        has_a_field_twice = _has_a_field_twice(body, frame)
    except msgspec.ValidationError as error:
        raise not_a_batch() from error
    except RecursionError as error:
        raise too_deep() from error
    except (msgspec.DecodeError, ValueError) as error:
        raise not_json() from error
    if len(cases) > limits.MAX_CASES:
        raise too_many_cases()
    if has_a_field_twice:
        raise not_a_batch()
    return Batch(frame.agreement, _day(frame.as_of, today), cases)


def _day(as_of: str | UnsetType, today: date) -> date:
    day = iso_day(as_of) if isinstance(as_of, str) else None
    if day is None or day.year < limits.EARLIEST_YEAR:
        raise not_a_day()
    if day > today:
        raise day_ahead()
    return day


def _has_a_field_twice(body: bytes, frame: Frame) -> bool:
    """Whether the frame names a field twice: the decoder keeps the last and says nothing.

    The cases, nearly all of the body, are left out of this second reading.
    """
    return has_a_name_twice(body.replace(bytes(frame.cases), NO_CASES, 1))
