"""Parts of addresses: `2019-08` is August 2019, `2018-19` that financial year, `docx` and `pdf` a paper's two files.

Anything else is none.
"""

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


class YearConverter:
    """A financial year as YYYY-YY, by the 1 April it begins on."""

    regex = "20[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """1 April of the year. Raises ValueError, which answers 404, where the second number is not the next."""
        start = date(int(value[:4]), 4, 1)
        if self.to_url(start) != value:
            raise ValueError(f'"{value}" is no financial year: write it as in 2018-19.')
        return start

    def to_url(self, value: date) -> str:
        """The financial year that begins on a day."""
        return f"{value.year}-{(value.year + 1) % 100:02d}"


class PaperFileConverter:
    """The ending of a paper's file."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        """The ending as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The ending as it is."""
        return value
