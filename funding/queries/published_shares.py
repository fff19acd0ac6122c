"""Shares of money that papers published, each held against every base that could have been meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.arithmetic import number_in
from contracts.formatting import month_name
from contracts.models import Agreement, PublishedFigure, Purpose, Recomputation
from contracts.periods import is_in_force, month_end
from funding.models import FundingLine
from funding.payers import council_of, is_council_money
from funding.queries.funding_lines import funding_lines
from funding.queries.shares import ElementShares, MonthOfShares, shares_of
from funding.share_bases import Amount, Basis, TriedBase, conclusion, tried_bases

A_YEAR = "per year"


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """A published share, and what each base gives, the nearest first."""

    published: PublishedFigure
    stated: Decimal
    step: Decimal
    tried: tuple[TriedBase, ...]

    @property
    def conclusion(self) -> str:
        """Whether a base gives what was printed."""
        return conclusion(self.tried, self.stated, self.step, self.published.stated_as or self.published.value)

    @property
    def rows(self) -> tuple[tuple[TriedBase, bool], ...]:
        """Each base tried, and whether it gives what was printed."""
        return tuple((one, one.gives(self.stated, self.step)) for one in self.tried)


def published_shares(agreement: Agreement, as_at: datetime | None = None) -> tuple[PublishedShare, ...]:
    """Every published figure of an element's share of the contract, in the papers' order, as known at `as_at`."""
    rows = agreement.published_figures.filter(
        indicator__purpose=Purpose.CONTRACT_SHARE, element__isnull=False, month__isnull=False, stated_to__isnull=False
    )
    held = list(rows.select_related("element").order_by("pk"))
    if not held:
        return ()
    amounts = list(agreement.published_figures.filter(unit__endswith=A_YEAR).order_by("pk"))
    lines = funding_lines(agreement, as_at, order=("element__position", "pk"))
    council = council_of(agreement)
    shares = {month: shares_of(agreement, month, as_at) for month in {row.month for row in held} if month}
    return tuple(_tried(row, shares, amounts, lines, council) for row in held)


def _tried(
    row: PublishedFigure,
    shares: Mapping[date, MonthOfShares],
    amounts: Sequence[PublishedFigure],
    lines: Sequence[FundingLine],
    council: frozenset[int],
) -> PublishedShare:
    assert row.month is not None  # asked for above
    assert row.stated_to is not None
    stated = number_in(row.value) or Decimal(0)  # a figure stated to a step is a number: the database sees to it
    on = month_end(row.month)
    in_force = [line for line in lines if is_in_force(on, line.in_force_from, line.in_force_until)]
    own = [line for line in in_force if line.element_id == row.element_id]
    told = _stated(one for one in amounts if one.element_id == row.element_id and _is_statement_of_its_own(one))
    parts = [*_sums({"Annual amount in force": own}), *told]
    wholes = [
        *_sums(
            {
                "Contract value, all funding lines in force": in_force,
                "The council’s funding lines in force": [one for one in in_force if is_council_money(one, council)],
                "What others pay, funding lines in force": [x for x in in_force if not is_council_money(x, council)],
            }
        ),
        *_stated(one for one in amounts if one.element_id is None),
    ]
    own_shares = next((x for x in shares[row.month].elements if x.element.pk == row.element_id), None)
    pairs = _open_book(own_shares, month_name(row.month)) if own_shares else ()
    return PublishedShare(row, stated, row.stated_to, tried_bases(parts, wholes, pairs, stated))


def _is_statement_of_its_own(row: PublishedFigure) -> bool:
    """An amount worked out from other published ones is the difference that a decision makes, not what is paid."""
    return row.recomputation != Recomputation.ARITHMETIC


def _sums(groups: dict[str, list[FundingLine]]) -> list[Amount]:
    return [
        Amount(
            name,
            sum((line.annual_amount for line in lines), Decimal(0)),
            ", ".join(dict.fromkeys(line.source for line in lines)),
        )
        for name, lines in groups.items()
        if lines
    ]


def _stated(rows: Iterable[PublishedFigure]) -> list[Amount]:
    numbers = ((row, number_in(row.value)) for row in rows)
    return [Amount(row.figure, number, row.source) for row, number in numbers if number is not None]


def _open_book(shares: ElementShares, month: str) -> tuple[TriedBase, ...]:
    tried = []
    for basis in (Basis.OPEN_BOOK, Basis.OPEN_BOOK_YEAR):
        share = shares.money[basis]
        if share.part is not None and share.whole:
            source = f"open book of {month}" if basis is Basis.OPEN_BOOK else f"open books to {month}"
            name = basis.whole[0].upper() + basis.whole[1:]
            tried.append(
                TriedBase(Amount("Spent on the element", share.part, source), Amount(name, share.whole, source))
            )
    return tuple(tried)
