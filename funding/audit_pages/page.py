"""The page for the auditor, gathered: payments, changes of money, the trail, the agreement's papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from contracts.models import Agreement, Document, Event, Organisation
from contracts.periods import financial_year_start
from funding.audit_pages.cells import Cell
from funding.audit_pages.events import Trail, cells_of_event, events_asked_for, names_of_elements, trail_of
from funding.audit_pages.filters import EVENTS, AuditFilter, year_name
from funding.audit_pages.kinds import KINDS
from funding.audit_pages.payments import AuditedPayment, audited, payments_asked_for
from funding.payment_moves import PaymentState

EVENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Fifty events at most, how many there are, and where the pages beside lead (empty: there is none)."""

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    pages: int
    count: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Everything the page shows."""

    asked: AuditFilter
    payments: tuple[AuditedPayment, ...]
    events: EventsPage
    trail: Trail
    documents: tuple[Document, ...]
    years: tuple[Choice, ...]
    states: tuple[Choice, ...]
    payers: tuple[Choice, ...]
    kinds: tuple[Choice, ...]

    @property
    def has_illustrative(self) -> bool:
        """Whether a payment is made up for the demo."""
        return any(payment.is_illustrative for payment in self.payments)

    @property
    def payments_query(self) -> str:
        """What asks for these payments as a file."""
        return self.asked.query()

    @property
    def events_query(self) -> str:
        """What asks for these changes as a file."""
        return self.asked.query(rows=EVENTS)


def audit_page(agreement: Agreement, asked: AuditFilter, page: str) -> AuditPage:
    """The page as `asked` for; `page` is the number of the page of events as the address has it."""
    documents = tuple(agreement.documents.order_by("reference"))
    papers = {document.reference: document for document in documents}
    held = Paginator(events_asked_for(agreement, asked), EVENTS_A_PAGE).get_page(page)
    return AuditPage(
        asked=asked,
        payments=tuple(audited(one, agreement, papers) for one in payments_asked_for(agreement, asked)),
        events=_events(held, asked, names_of_elements(agreement)),
        trail=trail_of(agreement),
        documents=documents,
        years=_years(agreement),
        states=_choices(PaymentState.choices),
        payers=_choices((one.pk, one.name) for one in _payers(agreement)),
        kinds=_choices((kind.code, kind.name) for kind in KINDS),
    )


def _events(held: Page[Event], asked: AuditFilter, elements: Mapping[str, str]) -> EventsPage:
    return EventsPage(
        rows=tuple(cells_of_event(event, elements) for event in held),
        number=held.number,
        pages=held.paginator.num_pages,
        count=held.paginator.count,
        newer=asked.query(page=str(held.number - 1)) if held.has_previous() else "",
        older=asked.query(page=str(held.number + 1)) if held.has_next() else "",
    )


def _years(agreement: Agreement) -> tuple[Choice, ...]:
    """The financial years that have a payment, newest first."""
    months = agreement.payments.values_list("month", flat=True).distinct()
    firsts = sorted({financial_year_start(month).year for month in months}, reverse=True)
    return tuple(Choice(year_name(first), f"April {first} to March {first + 1}") for first in firsts)


def _payers(agreement: Agreement) -> Iterable[Organisation]:
    return Organisation.objects.filter(payments_made__agreement=agreement).distinct().order_by("name", "pk")


def _choices(pairs: Iterable[tuple[object, object]]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), str(text)) for value, text in pairs)
