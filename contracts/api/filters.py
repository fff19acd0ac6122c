"""What lists are narrowed by: codes of things there are, and days on which something is in force."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from rest_framework import serializers

Row = TypeVar("Row", bound=Model)
CODE = r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"


class CodeField(serializers.RegexField):
    """The code of a thing of the agreement; None where none is asked for."""

    def __init__(self, help_text: str) -> None:
        said: dict[str, Any] = {"invalid": "Write a code in small letters, digits and single hyphens: east-kent."}
        super().__init__(CODE, max_length=60, required=False, default=None, help_text=help_text, error_messages=said)


def coded(rows: QuerySet[Row], asked: dict[str, Any], name: str) -> Row | None:
    """The one of `rows` whose code is asked for under `name`; None where none is. Raises a problem for a code of none.

    What is not there is refused, not answered with an empty list, which would read as if nothing had been reported.
    """
    code = asked.get(name)
    if code is None:
        return None
    row = rows.filter(code=code).first()
    if row is None:
        known = f"The list of {rows.model._meta.verbose_name_plural} of this agreement has every code."
        raise serializers.ValidationError({name: f"There is no {name} of that code in this agreement. {known}"})
    return row


def in_force_on(day: date | None) -> Q:
    """Rows that are in force on `day`: from their first day on, and no longer on the day they end. None: all."""
    if day is None:
        return Q()
    return Q(in_force_from__lte=day) & (Q(in_force_until=None) | Q(in_force_until__gt=day))
