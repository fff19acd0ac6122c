"""The field for a day: three inputs, a day that a calendar has, and no year that a slip of the finger made."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from contracts.date_input import DayMonthYear

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
IN_RANGE = f"Give a year from {EARLIEST.year} to {LATEST.year}"


class DayField(forms.DateField):
    """A day between 1990 and 2100, typed as day, month and year."""

    widget = DayMonthYear

    def __init__(self, **more: Any) -> None:
        said = {"required": "Give the day", "invalid": "Give a day that exists, like 17 10 2019"}
        more["error_messages"] = said | more.get("error_messages", {})
        ranges = [MinValueValidator(EARLIEST, IN_RANGE), MaxValueValidator(LATEST, IN_RANGE)]
        super().__init__(validators=ranges, **more)
