"""The page of money of an agreement and month."""

from datetime import date, datetime
from decimal import Decimal

from contracts.access import Standing
from contracts.models import Purpose
from contracts.permissions import Permission
from funding.ledger import Ledger
from funding.money_page.months import month_rows
from funding.money_page.running import running
from funding.money_page.shapes import ElementRow, FundingTerm, MoneyPage
from funding.money_page.value import annual_value, value_of_service
from funding.money_sentences import headline, lead, left_out
from funding.money_sums import total_of
from funding.queries.ledger import ledger_of
from funding.queries.shares import Held, kept_share, share_figures


def money_page(standing: Standing, month: date, as_at: datetime | None = None, every_month: bool = False) -> MoneyPage:
    """The page for `month`, as known at `as_at`; of the months before it all, or the last five."""
    agreement = standing.agreement
    sees_payments = standing.may(Permission.SEE_PAYMENTS)
    ledger = ledger_of(agreement, month, as_at, sees_payments=sees_payments)
    entries, names = ledger.of_month(month), ledger.names
    total, since = total_of(entries), total_of(ledger.entries)
    value = value_of_service(agreement, month, as_at)
    reasons = ledger.reasons(month)
    return MoneyPage(
        month=month,
        first_month=ledger.months[0],
        headline=headline(ledger.provider, month, total, names),
        lead=lead(entries, total, since, ledger.months[0], names, any(not one.is_certified for one in reasons)),
        rows=_rows(ledger, month, share_figures(agreement, [month], as_at)),
        total=total,
        since=since,
        left_out=left_out(total, names),
        reasons=reasons,
        to_correct=tuple(one for one in ledger.corrections if one.for_month == month),
        running=running(ledger, since),
        months=month_rows(ledger, every_month, sees_payments),
        count_of_months=len(ledger.months),
        value=value,
        value_of_service=annual_value(value),
        sees_payments=sees_payments,
        has_additions=any(entry.added for entry in ledger.entries),
        has_illustrative=any(reason.is_illustrative for reason in reasons),
        has_several_payers=ledger.has_several_payers,
    )


def _rows(ledger: Ledger, month: date, shares: Held) -> tuple[ElementRow, ...]:
    """Every element that has had money up to `month`, so that the rows add up to all elements since the first month."""
    entries = {entry.element: entry for entry in ledger.of_month(month)}
    return tuple(
        ElementRow(
            element=element,
            entry=entries.get(element.code),
            spent=ledger.spent(element, month),
            terms=tuple(
                FundingTerm(
                    charge.payer.short_name, Decimal(term["annual_amount"]), Decimal(term["due"]), term["source"]
                )
                for charge, term in ledger.terms(element, month)
            ),
            since=total_of(ledger.of_element(element)),
            of_contract=kept_share(shares, element, Purpose.CONTRACT_SHARE, month),
            of_caseload=kept_share(shares, element, Purpose.CASELOAD_SHARE, month),
        )
        for element in ledger.elements
    )
