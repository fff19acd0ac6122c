"""What may be asked of a list in its address; anything else is refused by name, so that a slip is never passed over."""

import re
from datetime import date, datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts import clock
from contracts.api.pages import LARGEST_PAGE, PAGE
from contracts.looking_back import EXPECTED, MomentToComeError, moment_written
from contracts.periods import parse_month

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
# A name of another form could be anything, a child's too, and an answer repeats none.
A_NAME = re.compile(r"[a-z_-]{1,40}", re.ASCII)
UNNAMED = "a parameter"
A_LIMIT = f"Write a whole number from 1 to {LARGEST_PAGE}."


def named(name: str) -> str:
    """The name of a parameter as an answer tells it."""
    return name if A_NAME.fullmatch(name) else UNNAMED


@extend_schema_field({"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"})
class MonthField(serializers.CharField):
    """A month as 2019-08; its first day."""

    def to_internal_value(self, data: Any) -> date:  # type: ignore[override]  # a day, not its text
        """The first day of the month."""
        written = str(data).strip()
        if not MONTH.fullmatch(written):
            raise serializers.ValidationError("Write a month as in 2019-08.")
        return parse_month(written)


class MomentField(serializers.CharField):
    """A date, or a date and time, to look back to; None for now."""

    def to_internal_value(self, data: Any) -> datetime | None:  # type: ignore[override]  # a moment, not its text
        """The moment in UTC. A time without an offset is England's."""
        try:
            return moment_written(str(super().to_internal_value(data)), clock.now())
        except MomentToComeError as error:
            raise serializers.ValidationError(str(error)) from error
        except ValueError as error:
            raise serializers.ValidationError(f"It is no date or moment. {EXPECTED}") from error


class Asked(serializers.Serializer[Any]):
    """What any operation may be asked: in which form it answers."""

    format = serializers.ChoiceField(
        ["json", "csv"],
        required=False,
        help_text="The form of the answer, before the Accept header.",
        error_messages={"invalid_choice": "Write json or csv."},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is not known."""
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            known = ", ".join(sorted(self.fields))
            raise serializers.ValidationError({named(name): f"Not known here. Known are {known}." for name in unknown})
        return attrs


class AskedOfList(Asked):
    """What any list may be asked: where to go on, and how many items at once."""

    cursor = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=500,
        help_text="Where to go on: `next_cursor` of the page before.",
        error_messages={"max_length": "It is longer than any cursor. Take it from “next_cursor” as it stands."},
    )
    limit = serializers.IntegerField(
        required=False,
        default=PAGE,
        min_value=1,
        max_value=LARGEST_PAGE,
        help_text="Items on a page.",
        error_messages=dict.fromkeys(("invalid", "max_string_length", "min_value", "max_value"), A_LIMIT),
    )
