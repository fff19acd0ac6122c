"""How a payment, its state and its items are named on pages and in files."""

from django.urls import reverse

from contracts.formatting import month_name
from contracts.models import Agreement
from funding.models.payments import Direction, Payment, PaymentItem, PaymentKind
from funding.payment_moves import PaymentState
from performance.models import Version

S = PaymentState

COLOURS = {
    S.CERTIFIED: "yellow",
    S.TESTED: "yellow",
    S.NOT_MET: "red",
    S.APPROVED: "blue",
    S.SENT: "blue",
    S.PAID: "green",
    S.CANCELLED: "grey",
    S.REVERSED: "grey",
}
# A counter-entry takes money back: no test is asked of it, and what ends it is no payment.
OF_A_COUNTER_ENTRY = {
    S.CERTIFIED: "Waiting for approval",
    S.APPROVED: "Approved, to be sent",
    S.SENT: "Sent to be taken back",
    S.PAID: "Taken back",
}
# What came to nothing: no money left for it, and it is in no total.
STOPPED = (S.CANCELLED, S.NOT_MET)


def is_counter_entry(payment: Payment) -> bool:
    """Whether the payment takes back another."""
    return payment.kind == PaymentKind.COUNTER_ENTRY


def state_words(payment: Payment) -> str:
    """The payment's state as its tag says it."""
    state = PaymentState(payment.state)
    if is_counter_entry(payment):
        return OF_A_COUNTER_ENTRY.get(state, str(state.label))
    return str(state.label)


def direction_words(payment: Payment, item: PaymentItem) -> str:
    """Which way an item moves what is paid; of a counter-entry, which way it moves what is taken back."""
    if not is_counter_entry(payment):
        return str(item.get_direction_display())
    return "Deduction given back" if item.direction == Direction.DEDUCTION else "Addition taken back"


ENDED = {
    S.PAID: "It is paid. Nothing is left to do.",
    S.NOT_MET: "It did not meet the statutory test, so no money left for it. The month can be certified again.",
    S.CANCELLED: "It was cancelled, so no money left for it.",
    S.REVERSED: "It was taken back by a counter-entry. The month can be certified again.",
}


def ended_words(payment: Payment) -> str:
    """What to say of a payment that has come to its end; empty for one that has not."""
    if is_counter_entry(payment) and payment.state == S.PAID:
        return "The money is taken back. Nothing is left to do."
    return ENDED.get(PaymentState(payment.state), "")


def colour_of(payment: Payment) -> str:
    """The colour of the state's tag."""
    return COLOURS[PaymentState(payment.state)]


def name_of(payment: Payment) -> str:
    """ "Payment 17: August 2019", or "Counter-entry 18: August 2019"."""
    return f"{payment.get_kind_display()} {payment.number}: {month_name(payment.month)}"


def is_counted(payment: Payment) -> bool:
    """Whether the payment is in totals: all but what was stopped, and a counter-entry once its money is back."""
    if is_counter_entry(payment):
        return payment.state == S.PAID
    return PaymentState(payment.state) not in STOPPED


def is_to_come_back(payment: Payment) -> bool:
    """Whether the payment is a counter-entry under way: its money is asked back and not there yet."""
    return is_counter_entry(payment) and PaymentState(payment.state) not in (*STOPPED, S.PAID)


def version_name(version: Version) -> str:
    """ "August 2019 return, version 2"."""
    return f"{month_name(version.of_return.month)} return, version {version.number}"


def version_url(agreement: Agreement, version: Version) -> str:
    """The address of a version's page."""
    return reverse("version_detail", args=[agreement.reference, version.of_return.month, version.number])


def notice_url(agreement: Agreement, key: int) -> str:
    """The address of a notice's page."""
    return reverse("notice_detail", args=[agreement.reference, key])


def rests_on(item: PaymentItem) -> str:
    """What an item rests on, in words: "August 2019 return, version 2", "Decision 19/00076", "Notice CPN-3"."""
    parts = [
        version_name(item.version) if item.version else "",
        f"Decision {item.decision.number}" if item.decision else "",
        f"Notice {item.notice}" if item.notice else "",
    ]
    return "; ".join(part for part in parts if part)


def rests_on_url(agreement: Agreement, item: PaymentItem) -> str:
    """Where what an item rests on can be read; empty where the portal holds no page of it."""
    if item.version:
        return version_url(agreement, item.version)
    if item.contract_notice_id:
        return notice_url(agreement, item.contract_notice_id)
    return f"{reverse('agreement', args=[agreement.reference])}#decision-{item.decision.pk}" if item.decision else ""
