"""Certifying what is to pay for a month: written once, with everything it rests on, and never edited."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from contracts.agreement_months import months_of
from contracts.audit import Actor
from contracts.formatting import day, money, month_name
from contracts.levers.ladder import ENDS
from contracts.models import Agreement, Organisation
from contracts.periods import add_months
from contracts.permissions import Permission
from contracts.refused_by import constraint_of
from funding.actions.choosing import chosen
from funding.actions.entitled import acting, refuse_strangers
from funding.actions.moving import record, write_step
from funding.actions.refusals import CannotPay
from funding.actions.writing import certificate_said, write_items, write_lines
from funding.draft_items import DraftItem, added, deducted
from funding.models import Payment
from funding.payers import payee_of
from funding.payment_direction import why_no_payment_under
from funding.queries.live_payments import live
from funding.queries.proposal import Proposal, proposal

# What somebody else did while a certificate was written, by what the database then refuses.
MEANWHILE = {
    "a_month_is_paid_once": "The payment for {} is there already.",
    "no_more_is_given_back_than_was_withheld": "A payment that withheld what this one gives back was undone meanwhile.",
}


@transaction.atomic
def certify(  # noqa: PLR0913  # the facts of one certificate; a page gives all but the last
    agreement: Agreement,
    month: date,
    *,
    payer: Organisation,
    items: Sequence[DraftItem],
    expected_to_pay: Decimal,
    by: Actor,
    at: datetime,
    is_illustrative: bool = False,
    left_out_because: str = "",
) -> Payment:
    """Certify what `payer` pays for `month`, with the items chosen; `expected_to_pay` is what the page said.

    A month without an instalment, also after the agreement's end, carries corrections that add money.

    `left_out_because` says why items that the portal works out are not among them: it stays with the step.

    Certifiers of one agreement wait for each other, so each sees the payments of those before; a notice that is
    moved meanwhile waits for the certificate, or the certificate for it.
    """
    refuse_strangers(agreement, payer, Permission.CERTIFY_PAYMENT, by)
    held = held_for_numbering(agreement)
    hold_served_notices(held)
    _refuse_month(held, payer, month, timezone.localtime(at).date())
    now = _proposed(held, payer, month)
    taken = chosen(now, items)
    to_pay = now.to_pay_with(taken)
    if to_pay != expected_to_pay:
        raise CannotPay(
            f"The amounts changed since the page was opened: {money(expected_to_pay)} to pay then, {money(to_pay)} "
            "now. Look at the page again."
        )
    try:
        with transaction.atomic():
            payment = _write(now, taken, by=by, at=at, is_illustrative=is_illustrative)
            write_step(payment, "", by=by, at=at, reason=left_out_because.strip())
    except IntegrityError as error:
        why_not = MEANWHILE.get(constraint_of(error))
        if why_not is None:
            raise
        raise CannotPay(f"{why_not.format(month_name(month))} Look at the page again.") from error
    record(payment, by=by, before="", **certificate_said(payment), **_left_out(now, taken, left_out_because))
    return payment


def _left_out(now: Proposal, taken: Sequence[DraftItem], because: str) -> dict[str, object]:
    """What the portal worked out and the certifier did not take, with their reason, as the event keeps it."""
    left_out = [item.reason for item in now.items if item.key not in {one.key for one in taken}]
    return {"left_out": left_out} | ({"left_out_because": because.strip()} if left_out else {})


def held_for_numbering(agreement: Agreement) -> Agreement:
    """The agreement, held until the transaction ends, so that payment numbers and months are given out in turn."""
    return Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)


def hold_served_notices(agreement: Agreement) -> None:
    """Hold the notices that may withhold of a payment, so that none moves while it is certified."""
    served = agreement.notices.filter(number__isnull=False).exclude(stage__in=ENDS)
    list(served.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def next_number(agreement: Agreement) -> int:
    """The number of the agreement's next payment; call with the agreement held."""
    last = agreement.payments.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _refuse_month(agreement: Agreement, payer: Organisation, month: date, on: date) -> None:
    if why_not := why_no_payment_under(agreement.power):
        raise CannotPay(why_not)
    months = months_of(agreement)
    has_ended = on >= add_months(month, 1)
    if month.day != 1 or month < months.first or (month >= months.end and not has_ended):
        raise CannotPay(f"{month_name(month)} is not a month of this agreement.")
    if not has_ended:
        raise CannotPay(
            f"{month_name(month)} has not ended: payments are in arrears, so it can be certified from "
            f"{day(add_months(month, 1))}."
        )
    there = live(agreement.payments.all()).filter(payer=payer, month=month).first()
    if there is not None:
        raise CannotPay(f"The payment for {month_name(month)} is there already (payment {there.number}).")


def _proposed(agreement: Agreement, payer: Organisation, month: date) -> Proposal:
    found = proposal(agreement, payer, month)
    if not found.may_be_certified:
        raise CannotPay(
            f"{payer.short_name} has no instalment in {month_name(month)}: no funding line is in force, and no "
            "correction of an earlier month adds money."
        )
    return found


def _write(now: Proposal, items: tuple[DraftItem, ...], *, by: Actor, at: datetime, is_illustrative: bool) -> Payment:
    payee = payee_of(now.agreement)
    if payee is None:
        raise CannotPay("This agreement has neither a coordinating commissioner nor a provider to pay.")
    payment = Payment.objects.create(
        agreement=now.agreement,
        number=next_number(now.agreement),
        payer=now.payer,
        payee=payee,
        month=now.month,
        due=now.due,
        deducted=deducted(items),
        added=added(items),
        to_pay=now.to_pay_with(items),
        is_illustrative=is_illustrative,
        certified_by=acting(by),
        certified_at=at,
    )
    write_lines(payment, now, items)
    write_items(payment, items)
    return payment
