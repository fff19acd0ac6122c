"""The admin site's pages of money: what is agreed to be paid, and to look at only, what was paid."""

from funding.admin import funding_lines, payments, shortfall_rates, statements

__all__ = ["funding_lines", "payments", "shortfall_rates", "statements"]
