"""The field for a day: three inputs, a day that a calendar has, and no year that a slip of the finger made."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from contracts.date_input import DayMonthYear
from contracts.periods import EARLIEST_DAY, LATEST_DAY

IN_RANGE = f"Give a year from {EARLIEST_DAY.year} to {LATEST_DAY.year}"


class DayField(forms.DateField):
    """A day between 1990 and 2100, typed as day, month and year. `of` is what it is the day of: "the meeting"."""

    widget = DayMonthYear

    def __init__(self, *, of: str = "", **more: Any) -> None:
        day = f"Give the day of {of}" if of else "Give the day"
        said = {"required": day, "invalid": "Give a day that exists, like 17 10 2019"}
        more["error_messages"] = said | more.get("error_messages", {})
        ranges = [MinValueValidator(EARLIEST_DAY, IN_RANGE), MaxValueValidator(LATEST_DAY, IN_RANGE)]
        super().__init__(validators=ranges, **more)
