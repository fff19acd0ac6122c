"""Long lists a page at a time: a cursor names the last row seen, so that rows which come or go move no other."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

from django.db.models import Model, Q, QuerySet

from contracts.api.problems import Problem

PAGE = 100
LARGEST_PAGE = 1000
# No row is of an earlier year.
FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Key:
    """One of the columns that rows are put in order by, and how its value is read back from a cursor."""

    column: str
    read: Callable[[Any], Any]
    descending: bool = False

    @property
    def order(self) -> str:
        """As `order_by` takes it."""
        return f"-{self.column}" if self.descending else self.column


def a_day(text: Any) -> date:
    """A date of a cursor."""
    return date.fromisoformat(text)


def a_moment(text: Any) -> datetime:
    """A date and time of a cursor, in UTC."""
    written = datetime.fromisoformat(text)
    if written.tzinfo is None:
        raise ValueError("no time zone")
    moment = written.astimezone(UTC)  # the database takes none that an offset puts outside the calendar
    if moment.year < FIRST_YEAR:
        raise ValueError("no moment of a row")
    return moment


def a_text(text: Any) -> str:
    """A text of a cursor."""
    if not isinstance(text, str) or "\0" in text:
        raise ValueError("no text")
    text.encode()  # half a character is none: UnicodeEncodeError is a ValueError
    return text


def a_number(number: Any) -> int:
    """A whole number of a cursor, as large as the database counts."""
    if not isinstance(number, int) or not 0 <= number < 2**63:
        raise ValueError("no number")
    return number


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursor of the rows after them; "" after the last."""

    items: Sequence[Any]
    next_cursor: str


def page_of(rows: QuerySet[Any], keys: Sequence[Key], *, cursor: str, limit: int) -> Page:
    """The `limit` rows after `cursor`, in the order of `keys`, which together name one row. One query."""
    if cursor:
        rows = rows.filter(_after(keys, _values_of(cursor, keys)))
    found = list(rows.order_by(*(key.order for key in keys))[: limit + 1])
    kept = found[:limit]
    return Page(kept, _cursor_of(kept[-1], keys) if len(found) > limit else "")


def page_of_list(items: Iterable[Any], *, cursor: str, limit: int) -> Page:
    """The same of what is worked out as a whole: the cursor counts what was passed."""
    key = (Key("passed", a_number),)
    start = _values_of(cursor, key)[0] if cursor else 0
    held = list(items)
    end = start + limit
    return Page(held[start:end], _written([end]) if end < len(held) else "")


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Rows behind the one with `values`: (a, b) > (x, y) as a > x, or a = x and b > y."""
    behind, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        behind |= same & Q(**{f"{key.column}__{'lt' if key.descending else 'gt'}": value})
        same &= Q(**{key.column: value})
    return behind


def _cursor_of(row: Any, keys: Sequence[Key]) -> str:
    return _written([_as_written(_value(row, key.column)) for key in keys])


def _value(row: Any, column: str) -> Any:
    for name in column.split("__"):
        row = getattr(row, name) if isinstance(row, Model) else row[name]
    return row


def _as_written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _written(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _values_of(cursor: str, keys: Sequence[Key]) -> list[Any]:
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        return [key.read(value) for key, value in zip(keys, held, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "The cursor is not one that this list gave. Take it from “next_cursor” as it stands, "
            "or leave it out to begin.",
        ) from None
