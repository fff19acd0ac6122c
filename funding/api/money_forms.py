"""A year of money as the API tells it: a row for each element of each month."""

from typing import Any

from rest_framework import serializers

from funding.api.forms import InPounds, PoundsField, written_month
from funding.year_of_money import ElementMoney


def amount(source: str, words: str = "null where it is not known.") -> PoundsField:
    """An amount that may be unknown, and is then null, never 0."""
    return PoundsField(source=f"{source}.pounds", allow_null=True, help_text=words)


def why(source: str) -> Any:
    """Why an amount is not known."""
    return serializers.CharField(source=f"{source}.reason", help_text="Why it is not known; empty where it is.")


class ElementMoneyForm(InPounds):
    """One element in one month: what was due, taken away, added and spent."""

    month = serializers.SerializerMethodField(help_text="As 2019-08.")
    element = serializers.CharField(source="code")
    name = serializers.CharField()
    is_certified = serializers.BooleanField(help_text="As certified; else as terms and returns have it today.")
    instalment = PoundsField()
    deducted, deducted_reason = amount("deducted"), why("deducted")
    added = PoundsField()
    to_pay, to_pay_reason = amount("to_pay", "Instalment less deductions plus additions."), why("to_pay")
    spent, spent_reason = amount("spent", "By the accepted open book; null where there is none."), why("spent")
    difference, difference_reason = (
        amount("difference", "Instalment, before deductions, less spent."),
        why("difference"),
    )

    def get_month(self, held: ElementMoney) -> str:
        """As 2019-08."""
        return written_month(held.month)
