"""The months of money, newest first, on the page and as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from contracts.formatting import month_name
from contracts.spreadsheet_text import csv_file
from funding import models
from funding.ledger import Ledger
from funding.money_page.shapes import MonthRow, Payment
from funding.money_sums import total_of
from funding.payment_moves import PaymentState
from funding.payment_pages.wording import COLOURS

SHOWN = 5
NOT_AVAILABLE = "Not available"


def month_rows(ledger: Ledger, every_month: bool, sees_payments: bool) -> tuple[MonthRow, ...]:
    """The ledger's months, newest first: all, or the last five. Payments only for those who may see them."""
    newest_first = ledger.months[::-1]
    return tuple(
        _row(ledger, month, sees_payments) for month in (newest_first if every_month else newest_first[:SHOWN])
    )


def _row(ledger: Ledger, month: date, sees_payments: bool) -> MonthRow:
    """A month whose payment did not meet its test says so: it waits for another certificate."""
    payments = (*ledger.payments.get(month, ()), *ledger.not_met.get(month, ())) if sees_payments else ()
    total = total_of(ledger.of_month(month))
    return MonthRow(
        month=month,
        total=total,
        left_out=", ".join(ledger.names[one.element] for one in total.without_spend),
        payments=tuple(_payment(one, ledger.has_several_payers) for one in payments),
    )


def _payment(payment: models.Payment, names_payer: bool) -> Payment:
    state = PaymentState(getattr(payment, "held_state", payment.state))
    payer = payment.payer.short_name if names_payer else ""
    return Payment(payment.number, payer, str(state.label), COLOURS[state])


def months_csv(rows: Sequence[MonthRow], sees_payments: bool, has_additions: bool) -> bytes:
    """The rows as a file that says what the page says: pounds without £ and thousands."""
    added = ["Additions"] if has_additions else []
    payment = ["Payment"] if sees_payments else []
    money = ["Instalments", "Deductions", *added, "To pay or paid", "Spent (open book)", "Instalments less spent"]
    headings = ["Month", *money, "Left out of what was spent", *payment]
    return csv_file([headings, *_cells(rows, sees_payments, has_additions)])


def _cells(rows: Sequence[MonthRow], sees_payments: bool, has_additions: bool) -> Iterator[list[str]]:
    for row in rows:
        total = row.total
        deducted = None if total.deducted is None else -total.deducted
        added = [total.added] if has_additions else []
        amounts = [total.due, deducted, *added, total.to_pay, total.spent, total.left]
        states = ["; ".join(_state_cell(one) for one in row.payments)] if sees_payments else []
        yield [month_name(row.month), *(_number(amount) for amount in amounts), row.left_out, *states]


def _number(amount: Decimal | None) -> str:
    return NOT_AVAILABLE if amount is None else f"{amount + 0:.2f}"


def _state_cell(payment: Payment) -> str:
    """ "Paid", or "KCC: Paid" where several councils pay."""
    return f"{payment.payer}: {payment.state}" if payment.payer else payment.state
