"""Open-book spend by element and month, as the accepted returns state it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.models import Agreement, ServiceElement
from funding.queries.shortfalls import NOW
from performance.form import Sheet
from performance.indicators import FormulaTerm, Input
from performance.return_lines import ReturnLines
from performance.sources import Scope


@dataclass(frozen=True, slots=True)
class Spend:
    """What was spent by element (its key) and month, in pounds; an Input without a value has its reason."""

    held: Mapping[tuple[int, date], Input]

    def of(self, pairs: Iterable[tuple[int, date]]) -> Input:
        """The sum over elements and months; not known where one of them is not."""
        asked = [self.held[pair] for pair in pairs]
        unknown = next((one for one in asked if one.value is None), None)
        if unknown is not None:
            return Input(None, unknown.reason)
        return Input(sum((one.value for one in asked if one.value is not None), Decimal("0.00")))


def open_book_spend(
    agreement: Agreement, pairs: Sequence[tuple[ServiceElement, date]], as_at: datetime | None = None
) -> Spend:
    """The spend of each element and month of `pairs`, as known at `as_at`, None for now.

    As many queries for one as for many. A cost that was not reported leaves the month's spend unknown.
    """
    if not pairs:
        return Spend({})
    months = [month for _, month in pairs]
    lines = ReturnLines(Scope(agreement, min(months), max(months), as_at or NOW))
    whole = agreement.areas.filter(parent=None).values_list("code", flat=True).first() or ""
    return Spend({(element.pk, month): lines.answer(_costs(element), whole, month) for element, month in pairs})


def _costs(element: ServiceElement) -> FormulaTerm:
    return FormulaTerm("return", sheet=Sheet.OPEN_BOOK, element=element.code)
