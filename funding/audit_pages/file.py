"""The rows of the audit view as files: what the screen shows with the same filters, every page of it."""

from collections.abc import Iterator

from contracts.models import Agreement
from contracts.spreadsheet_text import csv_file
from funding.audit_pages.cells import Cell, table
from funding.audit_pages.events import cells_of_event, events_asked_for, names_of_elements
from funding.audit_pages.filters import EVENTS, AuditFilter
from funding.audit_pages.payments import audited, payments_asked_for


def audit_csv(agreement: Agreement, asked: AuditFilter, rows: str) -> bytes:
    """The payments, or with "events" as `rows` the changes of money, as a CSV file."""
    return csv_file(table(_events(agreement, asked) if rows == EVENTS else _payments(agreement, asked)))


def _payments(agreement: Agreement, asked: AuditFilter) -> Iterator[tuple[Cell, ...]]:
    papers = {document.reference: document for document in agreement.documents.all()}
    return (audited(one, agreement, papers).cells for one in payments_asked_for(agreement, asked))


def _events(agreement: Agreement, asked: AuditFilter) -> Iterator[tuple[Cell, ...]]:
    elements = names_of_elements(agreement)
    return (cells_of_event(event, elements) for event in events_asked_for(agreement, asked))
