"""What the open book says was spent: each cost of the accepted returns, and each element's month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from contracts.models import Agreement
from funding.instalments import PENNY
from performance.as_known import accepted_versions
from performance.form import Sheet
from performance.models import Line, Version


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the open book: an element's cost of one category; `amount` None where it was not reported."""

    element: int
    month: date
    category: str
    amount: Decimal | None
    not_reported_because: str
    version: int


@dataclass(frozen=True, slots=True)
class Spending:
    """The costs of an agreement's accepted open books, and the accepted version of each month's return."""

    costs: tuple[Cost, ...]
    versions: dict[date, int]


def spending(agreement: Agreement, months: Sequence[date], as_at: datetime | None = None) -> Spending:
    """Every cost of the months from the first to the last of `months`, as known at `as_at`. Two queries."""
    first_and_last = (min(months), max(months))
    rows = (
        Line.objects.filter(
            accepted_versions(as_at, of="version__"),
            version__of_return__agreement=agreement,
            version__of_return__month__range=first_and_last,
            measure__sheet=Sheet.OPEN_BOOK,
            measure__element__isnull=False,
        )
        .order_by("measure__position", "measure_id", "pk")
        .values_list(
            "measure__element_id",
            "version__of_return__month",
            "measure__label",
            "value",
            "not_reported_because",
            "version__number",
        )
    )
    versions = Version.objects.filter(
        accepted_versions(as_at), of_return__agreement=agreement, of_return__month__range=first_and_last
    ).annotate(month=F("of_return__month"))
    return Spending(
        costs=tuple(Cost(e, month, label, _pence(value), why, number) for e, month, label, value, why, number in rows),
        versions=dict(versions.values_list("month", "number")),
    )


def _pence(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(PENNY)
