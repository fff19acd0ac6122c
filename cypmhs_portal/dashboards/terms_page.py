"""The agreement on a page: parties, elements with their money and targets, areas, decisions, documents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.models import Agreement, Area, Document, Party, Pathway, RecordOfDecision, ServiceElement, Target
from funding.models import FundingLine
from funding.payers import council_of, is_council_money
from performance.definitions import in_force


@dataclass(frozen=True, slots=True)
class TermsPage:
    """Everything the page of an agreement shows."""

    agreement: Agreement
    on: date
    parties: tuple[Party, ...]
    elements: tuple[ServiceElement, ...]
    funding: tuple[FundingLine, ...]
    council_total: Decimal
    contract_total: Decimal
    targets: tuple[Target, ...]
    areas: tuple[Area, ...]
    pathways: tuple[Pathway, ...]
    decisions: tuple[RecordOfDecision, ...]
    documents: tuple[Document, ...]


def terms_page(agreement: Agreement, on: date) -> TermsPage:
    """The terms of `agreement`, with totals of what is in force on `on`."""
    funding = tuple(
        agreement.funding_lines.select_related("funder", "element").order_by("element__position", "in_force_from")
    )
    held = [line for line in funding if in_force(line, on)]
    council = council_of(agreement)
    return TermsPage(
        agreement=agreement,
        on=on,
        parties=tuple(agreement.parties.select_related("organisation").order_by("pk")),
        elements=tuple(agreement.elements.order_by("position", "pk")),
        funding=funding,
        council_total=sum((x.annual_amount for x in held if is_council_money(x, council)), Decimal(0)),
        contract_total=sum((x.annual_amount for x in held), Decimal(0)),
        targets=tuple(
            Target.objects.filter(indicator__agreement=agreement)
            .select_related("indicator", "area")
            .order_by("indicator__position", "in_force_from")
        ),
        areas=tuple(agreement.areas.prefetch_related("places").order_by("position", "pk")),
        pathways=tuple(agreement.pathways.order_by("position", "pk")),
        decisions=tuple(agreement.decisions.prefetch_related("discussions").order_by("pk")),
        documents=tuple(agreement.documents.order_by("reference")),
    )
