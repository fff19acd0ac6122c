"""An annual statement as it is shown: page, PDF and workbook are made of this one shape. Imports no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from funding.statement_shapes import YearMonth
from funding.statement_sums import NOTHING, ElementSums, total


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One element's year in pounds; `spent` is None where the open book is incomplete."""

    element: int
    name: str
    due: Decimal
    deducted: Decimal
    added: Decimal
    paid: Decimal
    spent: Decimal | None
    explanation: str = ""

    @property
    def variance(self) -> Decimal | None:
        """What was paid less what was spent."""
        return None if self.spent is None else self.paid - self.spent


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What one element cost by cost category, in the order of the table's; None where it is not known or not asked."""

    name: str
    amounts: tuple[tuple[str, Decimal | None], ...]
    spent: Decimal | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who prepared or certified a statement, in which office, and when."""

    name: str
    at: datetime
    office: str = ""


@dataclass(frozen=True, slots=True)
class StatementContent:
    """Everything that a statement says. Without `prepared` it is a draft of the figures as they are now."""

    agreement: str
    reference: str
    payer: str
    recipient: str
    year: str
    ends_on: date
    number: int | None
    lines: tuple[ShownLine, ...]
    categories: tuple[str, ...]
    by_category: tuple[CategoryRow, ...]
    months: tuple[YearMonth, ...]
    unpaid: tuple[str, ...]
    gaps: tuple[str, ...]
    shared: tuple[str, ...]
    ledger_total: Decimal | None
    ledger_difference: str
    certificate: str
    why: str
    prepared: Signature | None
    certified: Signature | None
    changes: tuple[str, ...]

    @property
    def title(self) -> str:
        """ "Annual statement 2018/19"."""
        return f"Annual statement {self.year}"

    @property
    def totals(self) -> ShownLine:
        """The sum of the elements."""
        return ShownLine(
            element=0,
            name="Total",
            due=sum((one.due for one in self.lines), NOTHING),
            deducted=sum((one.deducted for one in self.lines), NOTHING),
            added=sum((one.added for one in self.lines), NOTHING),
            paid=sum((one.paid for one in self.lines), NOTHING),
            spent=total(one.spent for one in self.lines),
        )

    @property
    def category_totals(self) -> CategoryRow:
        """The sum of the elements by cost category."""
        sums = tuple(
            (name, total(amount for row in self.by_category for held, amount in row.amounts if held == name))
            for name in self.categories
        )
        return CategoryRow("Total", sums, total(row.spent for row in self.by_category))

    @property
    def explained(self) -> tuple[ShownLine, ...]:
        """The elements with an explanation of why paid and spent differ."""
        return tuple(one for one in self.lines if one.explanation)

    @property
    def is_illustrative(self) -> bool:
        """Whether a payment that it rests on was made up for the demo."""
        return any(payment.is_illustrative for month in self.months for payment in month.payments)


def category_rows(lines: Sequence[ElementSums]) -> tuple[tuple[str, ...], tuple[CategoryRow, ...]]:
    """The cost categories, and each element's costs by them: a category it was never asked for costs it nothing."""
    names = tuple(dict.fromkeys(name for line in lines for name, _ in line.by_category))
    rows = tuple(
        CategoryRow(
            line.name,
            tuple((name, None if line.gaps else dict(line.by_category).get(name, NOTHING)) for name in names),
            line.spent,
        )
        for line in lines
    )
    return names, rows
