"""Pounds as an administrator writes them, and what is said of what is no amount."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from contracts.admin.choices import PlainDecimalField
from contracts.formatting import MINUS

HOW_TO_WRITE = "Write it in pounds without £ and without commas: 240000 or 240000.50."


class PoundsField(PlainDecimalField):
    """An amount of zero or more, in pounds with at most two decimals."""

    def to_python(self, value: Any) -> Any:
        """The amount as a Decimal; what is no amount comes back with how to write it."""
        text = str(value or "").strip()
        if text.startswith(("-", MINUS, "\u2013")):
            raise ValidationError("An amount is never below zero. Write it without a minus.")
        try:
            amount = super().to_python(value)
        except ValidationError:
            amount = Decimal("NaN")
        if amount is not None and not amount.is_finite():
            raise ValidationError(f"“{text}” is no amount. {HOW_TO_WRITE}")
        return amount

    def validate(self, value: Any) -> None:
        """As every number, with a sentence for parts of a penny."""
        super().validate(value)
        if isinstance(value, Decimal) and value != value.quantize(Decimal("0.01")):
            raise ValidationError("An amount has at most two decimals: it is paid in whole pence.")
