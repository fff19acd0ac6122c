"""Half-open ranges of days in the database, and the constraints that keep them apart.

The embedded PostgreSQL has no btree_gist, so equality of a key stands as the overlap of two one-number
ranges: `int8range(id, id, '[]') && int8range(id, id, '[]')`.
"""

from collections.abc import Sequence

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce


def days_in_force() -> Func:
    """The half-open range of days of a row with `in_force_from` and `in_force_until`."""
    return Func(F("in_force_from"), F("in_force_until"), Value("[)"), function="daterange")


def same_number(field: str) -> Func:
    """A range that overlaps another exactly when the two rows have the same `field` (null counts as 0)."""
    number = Coalesce(F(field), Value(0), output_field=models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


def do_not_overlap(name: str, same: Sequence[str]) -> ExclusionConstraint:
    """Refuse two rows with equal `same` fields whose days in force overlap.

    `same` are names of fields, not of columns: only those are replaced by a row's values when a form validates it.
    Checked at once unless a transaction that moves several rows puts it off (`contracts.admin.ranges`).
    """
    keys = [(same_number(field), "&&") for field in same]
    return ExclusionConstraint(
        name=name,
        expressions=[*keys, (days_in_force(), "&&")],
        deferrable=models.Deferrable.IMMEDIATE,
        violation_error_message="Another row for the same thing is in force on some of these days. "
        "End that one first, or start this one later.",
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Refuse a range that ends on or before the day it starts."""
    return models.CheckConstraint(
        condition=Q(in_force_until__isnull=True) | Q(in_force_until__gt=F("in_force_from")),
        name=name,
        violation_error_message="The first day out of force must be after the first day in force.",
    )
