"""What a payment rests on: versions of returns, decisions, notices, and the papers behind funding lines."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from contracts.formatting import day, money, month_name
from contracts.models import Agreement, Document
from funding.audit_pages.cells import Part
from funding.models import Payment, PaymentItem, PaymentLine


def documents_of(payment: Payment, agreement: Agreement, papers: Mapping[str, Document]) -> tuple[Part, ...]:
    """Each document that the payment rests on, once, as text and where it can be read."""
    found = [*_of_lines(payment, agreement, papers), *_of_items(payment, agreement)]
    return tuple(dict.fromkeys(found))


def _of_lines(payment: Payment, agreement: Agreement, papers: Mapping[str, Document]) -> Iterator[Part]:
    """Funding lines and the titles of their papers stand on the page of the agreement."""
    url = reverse("agreement", args=[agreement.reference])
    for line in payment.lines.all():
        for term in line.terms:
            yield Part(_funding_line(line, term, papers), url)


def _funding_line(line: PaymentLine, term: Mapping[str, Any], papers: Mapping[str, Document]) -> str:
    """ "Funding line of Early Help: £1,200,000.00 a year from 1 September 2017 (004 §1.8, its title)"."""
    since = day(date.fromisoformat(term["from"]))
    source = str(term["source"])
    paper = papers.get(source.partition(" ")[0])
    where = f"{source}, {paper.title}" if paper else source
    amount = money(Decimal(term["annual_amount"]))
    return f"Funding line of {line.element.short_name}: {amount} a year from {since} ({where})"


def _of_items(payment: Payment, agreement: Agreement) -> Iterator[Part]:
    for item in payment.items.all():
        yield from _of_item(item, agreement)


def _of_item(item: PaymentItem, agreement: Agreement) -> Iterator[Part]:
    if item.version:
        month, number = item.version.of_return.month, item.version.number
        url = reverse("version_detail", args=[agreement.reference, month, number])
        yield Part(f"Return of {month_name(month)}, version {number}", url)
    if item.decision:
        url = f"{reverse('agreement', args=[agreement.reference])}#decision-{item.decision.pk}"
        yield Part(f"Decision {item.decision}", url)
    if item.contract_notice_id:
        url = reverse("notice_detail", args=[agreement.reference, item.contract_notice_id])
        yield Part(f"Notice {item.notice}", url)
    elif item.notice:
        yield Part(f"Notice {item.notice}")
