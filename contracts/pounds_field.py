"""A form's field for an amount of money: the one way in which people write pounds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.pounds_written import HOW, NoAmount, pounds_written


class PoundsField(forms.DecimalField):
    """An amount of zero or more, or `is_above_zero`; a fault is said with the name of what it is `of`, where given."""

    widget = forms.TextInput

    def __init__(self, *, is_above_zero: bool = False, of: str = "", **more: Any) -> None:
        self.is_above_zero, self.of = is_above_zero, of
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A narrow box, and a keyboard with digits where one is shown on a screen."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "govuk-input--width-10"}

    def prepare_value(self, value: Any) -> Any:
        """The stored amount without pence of nought: "240000"."""
        return f"{value:.2f}".removesuffix(".00") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The amount with two decimals; refused with what to write. None where nothing was written."""
        if value in self.empty_values:
            return None
        try:
            amount = pounds_written(str(value))
        except NoAmount as no_amount:
            raise self._refusal(str(no_amount)) from None
        if self.is_above_zero and not amount:
            raise self._refusal(f"{HOW}: it is above £0.00")
        return amount

    def _refusal(self, words: str) -> ValidationError:
        return ValidationError(f"{self.of}: {words[0].lower()}{words[1:]}" if self.of else words)
