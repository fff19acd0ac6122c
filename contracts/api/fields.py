"""How values stand in an answer: numbers exactly, as text, and months as 2019-08."""

from datetime import date
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

EXACT = r"^-?[0-9]+(\.[0-9]+)?$"


def exactly(value: Decimal) -> str:
    """The stored value itself, unrounded and without trailing zeros: "191", "1.3857650729159109"."""
    return format(value.normalize() if value else Decimal(0), "f")


@extend_schema_field({"type": "string", "pattern": EXACT, "examples": ["191", "1.25"]})
class ExactNumber(serializers.ReadOnlyField):
    """A number as text, so that nothing between here and there rounds it. None is a missing value, never nought."""

    def to_representation(self, value: Decimal | str) -> str:
        """The number without trailing zeros; a text is one already."""
        return value if isinstance(value, str) else exactly(value)


@extend_schema_field({"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2019-08"]})
class MonthWritten(serializers.ReadOnlyField):
    """A month by its first day, written as 2019-08."""

    def to_representation(self, value: date) -> str:
        """The month."""
        return f"{value:%Y-%m}"


@extend_schema_field({"type": "string", "examples": ["early-help-caseload"]})
class CodeOf(serializers.ReadOnlyField):
    """The code of what a row belongs to; null where it belongs to none."""

    def to_representation(self, value: Any) -> str:
        """The code."""
        return str(value.code)
