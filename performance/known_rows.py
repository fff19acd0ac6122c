"""Rows that are never edited: one that no longer holds is closed, and a new one says what is known since."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Max, Model

from contracts.models import Agreement

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=Model)
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """What is other than it was among the rows of one model: those to close, and those to write."""

    model: type[Model]
    closed: Sequence[Any]
    written: Sequence[Any]


def change_of(model: type[Row], known: Mapping[Key, Row], new: Mapping[Key, Row], said: Iterable[str]) -> Change:
    """Hold the rows known against those worked out anew; a row that says the same, in the fields `said`, stays."""
    fields = tuple(said)
    stays = {key for key in known.keys() & new.keys() if _says(known[key], fields) == _says(new[key], fields)}
    return Change(
        model,
        closed=[row for key, row in known.items() if key not in stays],
        written=[row for key, row in new.items() if key not in stays],
    )


def keep(changes: Sequence[Change], agreement: Agreement, at: datetime) -> int:
    """Close and write at one moment, `at` or just after what is known by then; returns how many rows are other now."""
    changes = [change for change in changes if change.closed or change.written]
    closed = [row for change in changes for row in change.closed]
    since = max([moment_after(closed, at), *(_latest_end(change.model, agreement, at) for change in changes)])
    for change in changes:
        rows = change.model._default_manager
        rows.filter(pk__in=[row.pk for row in change.closed]).update(known_until=since)
        for row in change.written:
            row.known_from = since
        rows.bulk_create(change.written, batch_size=AT_ONCE)
    return sum(max(len(change.closed), len(change.written)) for change in changes)


def moment_after(rows: Iterable[Any], at: datetime) -> datetime:
    """`at`, or the first moment after the rows began to be known: no row ends before it began."""
    latest = max((row.known_from for row in rows), default=None)
    return at if latest is None or at > latest else latest + timedelta(microseconds=1)


def _latest_end(model: type[Model], agreement: Agreement, at: datetime) -> datetime:
    """When the last of the agreement's rows ended, if that is after `at`: what comes again begins no earlier."""
    ended = model._default_manager.filter(agreement=agreement, known_until__gt=at)
    return ended.aggregate(latest=Max("known_until"))["latest"] or at


def _says(row: Model, fields: Iterable[str]) -> list[Any]:
    return [getattr(row, name) for name in fields]
