"""Tables of rows that hold from a day until a day, judged together.

Ending a row and adding the next is one save, so a row is held against the other rows as the page has them, not
against what the database still says; and the database's own check waits until all of them are written.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import BaseInlineFormSet

from contracts.admin.choices import AdminForm
from contracts.admin.deleting import has_begun
from contracts.formatting import day


class DatedForm(AdminForm):
    """A row that holds from a day until a day, on a page of its own."""

    def clean(self) -> dict[str, Any]:
        """The order of the two days: without it the database could not even compare the row with others."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("in_force_from"), data.get("in_force_until")
        if start and end and end <= start:
            self.add_error("in_force_until", "The first day out of force must be after the first day in force.")
        return data


class RangeForm(DatedForm):
    """One row of such a table."""

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the end out of the row's own validation, and with it the constraints that read it."""
        return {*super()._get_validation_exclusions(), "in_force_until"}  # type: ignore[misc]  # not in the stubs


class RangeRows(BaseInlineFormSet):  # type: ignore[type-arg]  # of any row
    """Rows with days in force; those with the same `same` fields may not overlap (`constraint`)."""

    same: ClassVar[tuple[str, ...]]
    constraint: ClassVar[str]
    rests_on_it: ClassVar[str] = "figures were judged by it"

    def clean(self) -> None:
        """Refuse overlaps among the rows as they stand on the page, and the deletion of what has begun."""
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and has_begun(form.instance):
                raise ValidationError(
                    f"“{form.instance}” has been in force since {day(form.instance.in_force_from)}, and "
                    f"{self.rests_on_it}. Give it a first day out of force instead of deleting it."
                )
        if not any(self.errors):
            self._refuse_overlaps()

    def _refuse_overlaps(self) -> None:
        for rows in self._rows_of_each_thing():
            dated = [(form.cleaned_data["in_force_from"], form.cleaned_data["in_force_until"], form) for form in rows]
            for (since, end, _), (start, _, later) in pairwise(sorted(dated, key=lambda row: row[0])):
                if end is None or end > start:
                    later.add_error(
                        "in_force_from",
                        f"The row in force from {day(since)} is still in force on {day(start)}. End that one on "
                        f"{day(start)} or before, or start this one later.",
                    )

    def _rows_of_each_thing(self) -> list[list[Any]]:
        groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for form in self.forms:
            if form not in self.deleted_forms and form.cleaned_data.get("in_force_from"):
                groups[tuple(form.cleaned_data.get(name) for name in self.same)].append(form)
        return list(groups.values())

    def save(self, commit: bool = True) -> Any:
        """Write the rows in any order, and only then have the database check that none overlap."""
        with put_off(self.constraint):
            return super().save(commit)


@contextmanager
def put_off(constraint: str) -> Iterator[None]:
    """Have the database check a deferrable constraint at the end of the block instead of at each statement."""
    name = connection.ops.quote_name(constraint)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {name} DEFERRED")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {name} IMMEDIATE")
