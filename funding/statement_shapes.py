"""The annual statement as queries read it and as pages, PDF and workbook show it. Imports no Django."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from contracts.formatting import month_name
from funding.statement_sums import NOTHING, ElementSums, total


@dataclass(frozen=True, slots=True)
class YearPayment:
    """A payment or counter-entry of a month of the year; `left` where it is in the ledger."""

    number: int
    name: str
    month: date
    amount: Decimal
    reference: str
    left: bool
    state: str
    is_counter_entry: bool
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class RestsOn:
    """The accepted version of a return that the open book of a month is from."""

    month: date
    number: int
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of the year: its payments, the version its open book is from (None without one), its instalment."""

    month: date
    due: Decimal
    payments: tuple[YearPayment, ...]
    version: RestsOn | None

    @property
    def is_unpaid(self) -> bool:
        """Whether an instalment was due and no payment of the month has left, or all that left came back."""
        left = sum(-1 if one.is_counter_entry else 1 for one in self.payments if one.left)
        return bool(self.due) and left <= 0


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """The figures of one year to 31 March, between a payer and who is paid, as they stand at one moment.

    `shared` are sentences on the elements that another council pays for too, of which `spent` is the payer's part.
    """

    year_start: date
    lines: tuple[ElementSums, ...]
    months: tuple[YearMonth, ...]
    shared: tuple[str, ...] = ()

    @property
    def due(self) -> Decimal:
        """The instalments of the year."""
        return sum((one.due for one in self.lines), NOTHING)

    @property
    def deducted(self) -> Decimal:
        """Taken off in the year's payments."""
        return sum((one.deducted for one in self.lines), NOTHING)

    @property
    def added(self) -> Decimal:
        """Put on in the year's payments."""
        return sum((one.added for one in self.lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        """What left for the year's months, less what came back."""
        return sum((one.paid for one in self.lines), NOTHING)

    @property
    def spent(self) -> Decimal | None:
        """What the open book says was spent; None where it is incomplete."""
        return total(one.spent for one in self.lines)

    @property
    def variance(self) -> Decimal | None:
        """What was paid less what was spent; None where that is not known."""
        return None if self.spent is None else self.paid - self.spent

    @property
    def unpaid(self) -> tuple[str, ...]:
        """The months that an instalment was due for and nothing was paid for, each run with how far payment is."""
        runs = groupby((one for one in self.months if one.is_unpaid), _how_far)
        return tuple(_unpaid([one.month for one in run], how_far) for how_far, run in runs)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing of the open book, by element."""
        return tuple(f"{one.name}: {gap}" for one in self.lines for gap in one.gaps)

    @property
    def fingerprint(self) -> str:
        """The same for the same figures: what somebody had before them when they filled a form in."""
        said = [(x.element, x.due, x.deducted, x.added, x.paid, x.spent) for x in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _how_far(one: YearMonth) -> str:
    waiting = [payment.state for payment in one.payments if not payment.left]
    return ", ".join(waiting).lower() or "nothing certified"


def _unpaid(months: Sequence[date], how_far: str) -> str:
    """ "June 2018 (nothing certified)", "June 2018 to August 2018 (nothing certified)"."""
    last = f" to {month_name(months[-1])}" if len(months) > 1 else ""
    return f"{month_name(months[0])}{last} ({how_far})"
