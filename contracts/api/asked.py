"""What may be asked of a list in its address; anything else is refused by name, so that a slip is never passed over."""

from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from contracts import clock
from contracts.api.pages import LARGEST_PAGE, PAGE
from contracts.looking_back import moment_written
from contracts.periods import parse_month


class MonthField(serializers.RegexField):
    """A month as 2019-08; its first day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z", **options)
        self.error_messages["invalid"] = "Write a month as in 2019-08."

    def to_internal_value(self, data: Any) -> date:  # type: ignore[override]  # a day, not its text
        """The first day of the month."""
        try:
            return parse_month(str(super().to_internal_value(data)))
        except ValueError:
            self.fail("invalid")

    def run_validators(self, value: Any) -> None:
        """The text was looked at; its length and form say nothing of a day."""


class MomentField(serializers.CharField):
    """A date, or a date and time, to look back to; None for now."""

    def to_internal_value(self, data: Any) -> datetime | None:  # type: ignore[override]  # a moment, not its text
        """The moment in UTC. A time without an offset is England's."""
        try:
            return moment_written(str(super().to_internal_value(data)), clock.now())
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class Asked(serializers.Serializer[Any]):
    """What any operation may be asked: in which form it answers."""

    format = serializers.ChoiceField(
        ["json", "csv"], required=False, help_text="The form of the answer, before the Accept header."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is not known."""
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            known = ", ".join(sorted(self.fields))
            raise serializers.ValidationError({name[:40]: f"Not known here. Known are {known}." for name in unknown})
        return attrs


class AskedOfList(Asked):
    """What any list may be asked: where to go on, and how many items at once."""

    cursor = serializers.CharField(
        required=False, default="", max_length=500, help_text="Where to go on: `next_cursor` of the page before."
    )
    limit = serializers.IntegerField(
        required=False, default=PAGE, min_value=1, max_value=LARGEST_PAGE, help_text="Items on a page."
    )
