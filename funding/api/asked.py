"""What may be asked of the lists of money."""

from typing import Any

from rest_framework import serializers

from contracts.api.asked import AskedOfList
from funding.payment_moves import PaymentState

A_YEAR = "Write a financial year as in 2019-20."
A_DAY = "Write a date as in 2019-08-31."


class YearField(serializers.RegexField):
    """A financial year as addresses write it: 2019-20."""

    def __init__(self, **options: Any) -> None:
        words: Any = {"invalid": A_YEAR}
        super().__init__(r"\A20[0-9]{2}-[0-9]{2}\Z", help_text="A financial year.", error_messages=words, **options)


class AskedOfFundingLines(AskedOfList):
    """Which funding lines."""

    element = serializers.SlugField(required=False, max_length=40, help_text="Only lines of this element, by its code.")
    in_force_on = serializers.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="Only lines in force on this day.",
        error_messages={"invalid": A_DAY},
    )


class AskedOfPayments(AskedOfList):
    """Which payments."""

    year = YearField(required=False)
    state = serializers.ChoiceField(
        PaymentState.choices,
        required=False,
        help_text="Only payments that stand there.",
        error_messages={"invalid_choice": f"Write one of {', '.join(PaymentState.values)}."},
    )


class AskedOfMoney(AskedOfList):
    """Which year of money."""

    year = YearField()
