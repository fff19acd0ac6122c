"""The page of shares: money beside caseload, of the base that the reader chose."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404

from contracts.models import Agreement, ServiceElement
from funding.known_shares import KnownShare
from funding.queries.published_shares import PublishedShare, published_shares
from funding.queries.shares import ElementShares, shares_of
from funding.readings import share_reading
from funding.share_bases import Basis


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One element: the share of the chosen base, of the caseload, and of every base."""

    element: ServiceElement
    money: KnownShare
    caseload: KnownShare
    every: tuple[tuple[Basis, KnownShare], ...]
    reading: str


@dataclass(frozen=True, slots=True)
class SharesPage:
    """Everything the page shows."""

    month: date
    basis: Basis
    bases: tuple[Basis, ...]
    rows: tuple[ShareRow, ...]
    lead: str
    largest: Decimal
    published: tuple[PublishedShare, ...]


def basis_called(asked: str) -> Basis:
    """The base asked for in an address; contract value without one, 404 for what is none."""
    try:
        return Basis(asked) if asked else Basis.CONTRACT
    except ValueError:
        raise Http404("There is no such base.") from None


def shares_page(agreement: Agreement, month: date, basis: Basis, as_at: datetime | None = None) -> SharesPage:
    """The shares of `month`, money as shares of `basis`, as known at `as_at`, None for now."""
    rows = tuple(_row(one, basis) for one in shares_of(agreement, month, as_at).elements)
    known = [share.percent for row in rows for share in (row.money, row.caseload) if share.percent is not None]
    return SharesPage(
        month=month,
        basis=basis,
        bases=tuple(Basis),
        rows=rows,
        lead=_lead(rows),
        largest=max(known, default=Decimal(100)),
        published=published_shares(agreement, as_at),
    )


def _row(one: ElementShares, basis: Basis) -> ShareRow:
    money = one.money[basis]
    reading = share_reading(one.element.short_name, money.percent, one.caseload.percent, of=basis.whole)
    return ShareRow(one.element, money, one.caseload, tuple(one.money.items()), reading)


def _lead(rows: tuple[ShareRow, ...]) -> str:
    """The reading of the element whose share of the money is furthest above its share of the caseload."""
    gaps = [
        (row.money.percent - row.caseload.percent, row.reading)
        for row in rows
        if row.money.percent is not None and row.caseload.percent is not None
    ]
    if not gaps:
        return "No element has both a share of the money and a share of the caseload in this month."
    return max(gaps, key=lambda gap: gap[0])[1]
