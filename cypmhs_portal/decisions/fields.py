"""Fields of the forms about decisions, meetings and actions."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.date_input import DayMonthYear
from contracts.forms.texts import ReasonField, text_area

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
LONG_TEXT = 10_000


class DayField(forms.DateField):
    """A day in three boxes, from 1990 to 2100. `what` is what it is the day of: "the meeting"."""

    def __init__(self, what: str, **more: Any) -> None:
        messages = {
            "required": f"Give the day of {what}",
            "invalid": f"Give the day of {what} as day, month and year, like 17 10 2019",
        }
        super().__init__(widget=DayMonthYear, error_messages=messages, **more)
        self.what = what

    def validate(self, value: date | None) -> None:
        """Refuse a year that is a slip."""
        super().validate(value)
        if value is not None and not FIRST <= value <= LAST:
            raise ValidationError(f"Give the day of {self.what} with a year from {FIRST.year} to {LAST.year}")


def long_text(label: str, help_text: str = "", rows: int = 4, **more: Any) -> ReasonField:
    """A text of paragraphs that stays; empty unless it is `required`."""
    more.setdefault("required", False)
    more.setdefault("max_length", LONG_TEXT)
    return ReasonField(label=label, help_text=help_text, widget=text_area(rows), **more)


def line(label: str, longest: int, help_text: str = "", **more: Any) -> ReasonField:
    """One line of text."""
    return ReasonField(label=label, help_text=help_text, max_length=longest, on_one_line=True, **more)
