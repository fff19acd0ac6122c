"""The instalments that follow from the funding lines: by element, for the months asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import Agreement, Organisation, ServiceElement
from contracts.periods import days_in_force
from funding.instalments import instalment_due
from funding.models import FundingLine


@dataclass(frozen=True, slots=True)
class ElementInstalment:
    """What `month` is due for one element, in pounds, and the funding lines it follows from."""

    element: ServiceElement
    month: date
    due: Decimal
    terms: tuple[dict[str, Any], ...]


def instalments(
    agreement: Agreement, months: Sequence[date], payers: Iterable[Organisation]
) -> tuple[ElementInstalment, ...]:
    """The instalments of `months` from `payers`, month by month in the elements' order. One query.

    An element has one for each month that a funding line of it is in force on some day of, if only of £0.
    """
    rows = agreement.funding_lines.filter(funder__in=list(payers), element__isnull=False)
    lines = list(rows.select_related("element").order_by("element__position", "element_id", "in_force_from", "pk"))
    elements = {line.element_id: line.element for line in lines if line.element}
    held = (
        _instalment(element, month, [line for line in lines if line.element_id == key])
        for month in months
        for key, element in elements.items()
    )
    return tuple(one for one in held if one.terms)


def _instalment(element: ServiceElement, month: date, lines: Sequence[FundingLine]) -> ElementInstalment:
    in_force = [line for line in lines if days_in_force(month, line.in_force_from, line.in_force_until)]
    terms = tuple(_term(line, month) for line in in_force)
    return ElementInstalment(element, month, sum((Decimal(term["due"]) for term in terms), Decimal("0.00")), terms)


def _term(line: FundingLine, month: date) -> dict[str, Any]:
    due = instalment_due(line.annual_amount, month, line.in_force_from, line.in_force_until)
    return {
        "funding_line": line.pk,
        "annual_amount": str(line.annual_amount),
        "from": line.in_force_from.isoformat(),
        "until": line.in_force_until.isoformat() if line.in_force_until else None,
        "source": line.source,
        "due": str(due),
    }
