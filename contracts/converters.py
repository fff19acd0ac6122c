"""Months in addresses: `2019-08` is 1 August 2019. Anything else is no address."""

from datetime import date

from contracts.periods import parse_month


class MonthConverter:
    """A month as YYYY-MM."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """The first day of the month."""
        return parse_month(value)

    def to_url(self, value: date) -> str:
        """The month of a day."""
        return f"{value:%Y-%m}"
