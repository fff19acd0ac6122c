"""A financial year of money, from the ledger that the page of money shows."""

from collections.abc import Iterable, Sequence
from datetime import date

from contracts.models import Agreement, ServiceElement
from contracts.periods import financial_year
from funding.charges import Charge
from funding.ledger import Ledger
from funding.models import Payment
from funding.money_sums import Entry
from funding.payment_moves import PaymentState
from funding.queries.ledger import ledger_over
from funding.year_of_money import ElementMoney, MonthMoney, PaymentInBrief, Sum, YearOfMoney


def year_of_money(agreement: Agreement, months: Sequence[date]) -> YearOfMoney:
    """The money of `months`, which are of one financial year, in order. As many queries for one as for many.

    With several councils an element has what all of them pay for it.
    """
    ledger = ledger_over(agreement, months)
    return YearOfMoney(financial_year(months[0]), tuple(_month(ledger, month) for month in months))


def _month(ledger: Ledger, month: date) -> MonthMoney:
    elements = {element.code: element for element in ledger.elements}
    return MonthMoney(
        month,
        tuple(_in_brief(payment) for payment in ledger.payments.get(month, ())),
        tuple(_money(ledger, elements[entry.element], entry) for entry in ledger.of_month(month)),
    )


def _in_brief(payment: Payment) -> PaymentInBrief:
    state = PaymentState(payment.state)
    return PaymentInBrief(
        payment.number, payment.payer.short_name, state.value, state.label, payment.ledger_reference, payment.to_pay
    )


def _money(ledger: Ledger, element: ServiceElement, entry: Entry) -> ElementMoney:
    held = ledger.charges_of(element, entry.month)
    return ElementMoney(
        code=element.code,
        name=element.name,
        month=entry.month,
        instalment=entry.due,
        deducted=Sum(entry.deducted, _why_not(held) if entry.deducted is None else ""),
        added=entry.added,
        spent=Sum(entry.spent, ledger.spent(element, entry.month).why_not),
        is_certified=bool(held) and all(charge.is_certified for charge in held),
    )


def _why_not(held: Iterable[Charge]) -> str:
    return next(reason.why_not for charge in held for reason in charge.reasons if reason.amount is None)
