"""Each funded element's share of the money beside its share of the caseload, in one month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.formatting import month_name
from contracts.models import Agreement, Purpose, ServiceElement
from contracts.periods import financial_year_months
from funding.known_shares import KnownShare, share_of_figure, share_of_spent
from funding.payers import councils_of
from funding.queries.schedule import instalments
from funding.queries.spending import Spending, spending
from funding.share_bases import Basis
from funding.spent import Spent, total_spent
from performance.models import Figure
from performance.queries import figures_of

PURPOSE_OF = {Basis.CONTRACT: Purpose.CONTRACT_SHARE, Basis.COUNCIL: Purpose.COUNCIL_SHARE}
SHARES = (*PURPOSE_OF.values(), Purpose.CASELOAD_SHARE)
# The key of an element and a purpose, and the month.
Held = Mapping[tuple[int | None, str, date], Figure]


@dataclass(frozen=True, slots=True)
class ElementShares:
    """One element's share of each base of money, and of the caseload."""

    element: ServiceElement
    money: Mapping[Basis, KnownShare]
    caseload: KnownShare


@dataclass(frozen=True, slots=True)
class MonthOfShares:
    """The shares of every element that the council funds in `month`, in the agreement's order."""

    month: date
    elements: tuple[ElementShares, ...]


def share_figures(
    agreement: Agreement, months: Sequence[date], as_at: datetime | None = None
) -> dict[tuple[int | None, str, date], Figure]:
    """The figures of shares that the portal keeps, of the whole area, by element, purpose and month. One query."""
    kept = figures_of(agreement, as_at).filter(month__in=months, indicator__purpose__in=SHARES, area__parent=None)
    return {(figure.element_id, figure.indicator.purpose, figure.month): figure for figure in kept}


def kept_share(held: Held, element: ServiceElement, purpose: Purpose, month: date) -> KnownShare:
    """One share as it is kept, or why there is none."""
    figure = held.get((element.pk, purpose.value, month))
    return share_of_figure(figure, f"There is no figure of {month_name(month)} for it.")


def shares_of(agreement: Agreement, month: date, as_at: datetime | None = None) -> MonthOfShares:
    """The shares of `month` as known at `as_at`, None for now. As many queries for one element as for many."""
    year = tuple(one for one in financial_year_months(month) if one <= month)
    funded = [(one.element, one.month) for one in instalments(agreement, year, councils_of(agreement), as_at)]
    books = spending(agreement, year, as_at)
    held = share_figures(agreement, [month], as_at)
    return MonthOfShares(
        month,
        tuple(
            ElementShares(
                element,
                {
                    **{basis: kept_share(held, element, purpose, month) for basis, purpose in PURPOSE_OF.items()},
                    **_of_spend(books, funded, element, month),
                },
                kept_share(held, element, Purpose.CASELOAD_SHARE, month),
            )
            for element, of_month in funded
            if of_month == month
        ),
    )


def _of_spend(
    books: Spending, funded: Sequence[tuple[ServiceElement, date]], element: ServiceElement, month: date
) -> dict[Basis, KnownShare]:
    of_month = [pair for pair in funded if pair[1] == month]
    return {
        basis: share_of_spent(_spent(books, (pair for pair in pairs if pair[0] == element)), _spent(books, pairs))
        for basis, pairs in ((Basis.OPEN_BOOK, of_month), (Basis.OPEN_BOOK_YEAR, funded))
    }


def _spent(books: Spending, pairs: Iterable[tuple[ServiceElement, date]]) -> Spent:
    return total_spent(books.spent(element.pk, month) for element, month in pairs)
