"""Dated terms as they were agreed at an earlier moment: what variations signed since then did to them is left out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from contracts.models import Agreement, VariationPart
from contracts.variations.own_subjects import ELEMENTS
from contracts.variations.signed_since import Row, Signed, ends_before
from contracts.variations.subjects import Subject


class Dated(Protocol):
    """A row of dated terms."""

    pk: Any
    in_force_from: date
    in_force_until: date | None


T = TypeVar("T", bound=Dated)


def signed_since(agreement: Agreement, as_at: datetime | None) -> tuple[Signed, ...]:
    """What the variations signed after `as_at` did to terms, the latest first; nothing for now, None. One query."""
    if as_at is None:
        return ()
    parts = VariationPart.objects.filter(variation__agreement=agreement, variation__agreed_at__gt=as_at)
    ordered = parts.select_related("variation").order_by("-variation__agreed_at", "-variation_id", "pk")
    return tuple(_signed(part) for part in ordered)


def as_agreed(subject: Subject, rows: Iterable[T], since: Iterable[Signed]) -> list[T]:
    """Those of a subject's `rows` that were agreed before the variations `since`, in their order.

    The rows get the first day out of force that they had then, and are not saved. No query.
    """
    own, held = [one for one in since if one.subject == subject.code], list(rows)
    if not own:
        return held
    ends = ends_before([_row(subject, row) for row in held], own)
    agreed = [row for row in held if row.pk in ends]
    for row in agreed:
        row.in_force_until = ends[row.pk]
    return agreed


def elements_as_agreed(agreement: Agreement, elements: Iterable[T], as_at: datetime | None) -> list[T]:
    """The agreement's `elements`, each with the end that was agreed at `as_at`, None for now. One query at most."""
    return as_agreed(ELEMENTS, elements, signed_since(agreement, as_at))


def _row(subject: Subject, row: Dated) -> Row:
    return Row(subject.key_of_row(row), row.pk, row.in_force_from, row.in_force_until)


def _signed(part: VariationPart) -> Signed:
    held: dict[str, Any] = part.held or {}
    until = held.get("until")
    return Signed(
        subject=part.subject,
        thing=part.thing,
        ended=held.get("row"),
        until=date.fromisoformat(until) if until else None,
        begins=part.variation.in_force_from if part.values is not None else None,
    )
