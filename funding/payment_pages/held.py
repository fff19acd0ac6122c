"""Payments with all that pages and files say of them, in a constant number of queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from contracts.models import Agreement
from contracts.periods import financial_year, financial_year_months
from funding.models.payments import Payment

PARTS = (
    "lines__element",
    "items__element",
    "items__version__of_return",
    "items__decision",
    "moves",
    "counter_entries",
)


def payments_held(agreement: Agreement) -> QuerySet[Payment]:
    """The payments of `agreement`, newest month first, the latest of a month first."""
    rows = agreement.payments.select_related("payer", "payee", "certified_by", "reverses", "test")
    return rows.order_by("-month", "-number")


def with_parts(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """The payments with their lines, items and moves."""
    return payments.prefetch_related(*PARTS, "test__answers__element")


def of_year(payments: QuerySet[Payment], first_month: date | None) -> QuerySet[Payment]:
    """The payments for the months of the financial year that begins with `first_month`; None for all years."""
    return payments if first_month is None else payments.filter(month__in=financial_year_months(first_month))


def address_of_year(month: date) -> str:
    """The financial year of a month as addresses write it: "2019-20"."""
    return financial_year(month).replace("/", "-")


def first_months(months: Iterable[date]) -> dict[str, date]:
    """The financial years that `months` are in, as addresses write them, each with its April."""
    return {address_of_year(month): financial_year_months(month)[0] for month in months}
