"""The page of money of an agreement and month."""

from datetime import date, datetime
from decimal import Decimal

from contracts.access import Permission, Standing
from contracts.models import ServiceElement
from funding.money_page.ledger import Ledger, ledger_of
from funding.money_page.months import month_rows
from funding.money_page.running import running
from funding.money_page.shapes import ElementRow, FundingTerm, MoneyPage
from funding.money_page.value import value_of_service
from funding.money_sentences import headline, lead, left_out
from funding.money_sums import NOTHING, Entry, total_of


def money_page(standing: Standing, month: date, as_at: datetime | None = None, every_month: bool = False) -> MoneyPage:
    """The page for `month`, as known at `as_at`; of the months before it all, or the last five."""
    agreement = standing.agreement
    ledger = ledger_of(agreement, month, as_at)
    entries, names = ledger.of_month(month), ledger.names
    total, since = total_of(entries), total_of(ledger.entries)
    sees_payments = standing.may(Permission.SEE_PAYMENTS)
    value = value_of_service(agreement, month)
    reasons = ledger.reasons(month)
    return MoneyPage(
        month=month,
        first_month=ledger.months[0],
        headline=headline(ledger.provider, month, total, names),
        lead=lead(entries, total, since, ledger.months[0], names, any(not one.is_certified for one in reasons)),
        rows=_rows(ledger, entries),
        total=total,
        since=since,
        left_out=left_out(total, names),
        reasons=reasons,
        running=running(ledger, since),
        months=month_rows(ledger, every_month, sees_payments),
        count_of_months=len(ledger.months),
        value=value,
        value_of_service=sum((row.annual for row in value), NOTHING),
        sees_payments=sees_payments,
        has_additions=any(entry.added for entry in ledger.entries),
        has_illustrative=any(reason.is_illustrative for reason in reasons),
    )


def _rows(ledger: Ledger, entries: tuple[Entry, ...]) -> tuple[ElementRow, ...]:
    by_code = {element.code: element for element in ledger.elements}
    return tuple(_row(ledger, by_code[entry.element], entry) for entry in entries)


def _row(ledger: Ledger, element: ServiceElement, entry: Entry) -> ElementRow:
    reasons = [reason for reason in ledger.reasons(entry.month) if reason.element == element]
    return ElementRow(
        element=element,
        entry=entry,
        spent=ledger.spent[element.pk, entry.month],
        terms=tuple(
            FundingTerm(Decimal(term["annual_amount"]), Decimal(term["due"]), term["source"])
            for term in ledger.terms(element, entry.month)
        ),
        is_proposed=any(not reason.is_certified for reason in reasons),
        since=total_of(ledger.of_element(element)),
    )
