"""The instalments that follow from the funding lines: by element, for the months asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from contracts.models import Agreement, Organisation, ServiceElement
from contracts.periods import days_in_force
from funding.days_paid_for import days_paid_for
from funding.instalments import instalment_due
from funding.models import FundingLine
from funding.queries.funding_lines import funding_lines


@dataclass(frozen=True, slots=True)
class ElementInstalment:
    """What `month` is due for one element, in pounds, and the funding lines it follows from.

    `payer` is None where it is of several together. `days` are those it is due for, 0 the first of the month.
    """

    element: ServiceElement
    month: date
    due: Decimal
    terms: tuple[dict[str, Any], ...]
    payer: Organisation | None = None
    days: frozenset[int] = frozenset()


def instalments(
    agreement: Agreement, months: Sequence[date], payers: Iterable[Organisation], as_at: datetime | None = None
) -> tuple[ElementInstalment, ...]:
    """The instalments of `months` from `payers` together, month by month in the elements' order.

    By the funding lines as agreed at `as_at`, None for now. One query, and one more for an earlier moment.
    An element has one for each month that a funding line of it is in force on some day of, if only of £0.
    """
    asked = list(payers)
    return _gathered(agreement, months, _lines(agreement, asked, as_at), asked[0] if len(asked) == 1 else None)


def instalments_by_payer(
    agreement: Agreement, months: Sequence[date], payers: Iterable[Organisation], as_at: datetime | None = None
) -> tuple[ElementInstalment, ...]:
    """The same of each of `payers` by itself, one payer after the other."""
    asked = list(payers)
    lines = _lines(agreement, asked, as_at)
    return tuple(
        one
        for payer in asked
        for one in _gathered(agreement, months, [line for line in lines if line.funder_id == payer.pk], payer)
    )


def _lines(agreement: Agreement, payers: Sequence[Organisation], as_at: datetime | None) -> Sequence[FundingLine]:
    return funding_lines(agreement, as_at, of=Q(funder__in=payers, element__isnull=False))


def _gathered(
    agreement: Agreement, months: Sequence[date], lines: Sequence[FundingLine], payer: Organisation | None
) -> tuple[ElementInstalment, ...]:
    elements = {line.element_id: line.element for line in lines if line.element}
    held = (
        _instalment(agreement, element, month, [line for line in lines if line.element_id == key], payer)
        for month in months
        for key, element in elements.items()
    )
    return tuple(one for one in held if one.terms)


def _instalment(
    agreement: Agreement, element: ServiceElement, month: date, lines: Sequence[FundingLine], payer: Organisation | None
) -> ElementInstalment:
    held = [(line, days_in_force(month, *days_paid_for(line, agreement))) for line in lines]
    terms = tuple(_term(line, agreement, month) for line, days in held if days)
    return ElementInstalment(
        element=element,
        month=month,
        due=sum((Decimal(term["due"]) for term in terms), Decimal("0.00")),
        terms=terms,
        payer=payer,
        days=frozenset(day for _, days in held for day in days),
    )


def _term(line: FundingLine, agreement: Agreement, month: date) -> dict[str, Any]:
    begins, ends = days_paid_for(line, agreement)
    is_cut = days_in_force(month, begins, ends) != days_in_force(month, line.in_force_from, line.in_force_until)
    until = ends if is_cut else line.in_force_until
    return {
        "funding_line": line.pk,
        "annual_amount": str(line.annual_amount),
        "from": (begins if is_cut else line.in_force_from).isoformat(),
        "until": until.isoformat() if until else None,
        "source": line.source,
        "due": str(instalment_due(line.annual_amount, month, begins, ends)),
    }
