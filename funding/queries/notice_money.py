"""What a notice does to payments, in sentences: withheld, proposed to be withheld, released or kept."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from contracts.access import Reader
from contracts.formatting import money, month_name
from contracts.levers.consequences import Consequence
from contracts.levers.ladder import NoticeStage, is_open
from contracts.models import Agreement, Notice, NoticeWithholding, WithholdingBasis, WithholdingTerm
from contracts.periods import add_months, is_in_force, month_start, months_between
from contracts.permissions import Permission
from funding.charges import Reason
from funding.payers import councils_of
from funding.queries.deducted import charges
from funding.queries.schedule import instalments_by_payer
from funding.queries.withholding_notices import WithholdingNotice, withholding_notices
from funding.withheld_words import UNCHECKED, percent_in_words, rule_in_words
from funding.withholding import NOTHING, Withholding


def money_of_notice(notice: Notice, reader: Reader, on: date) -> tuple[Consequence, ...]:
    """What the notice does to payments; before it comes to withholding, what that would be.

    Who sees no payments learns of approved ones alone, as on the page of money.
    """
    if not reader.may(Permission.SEE_MONEY):
        return ()
    held = next((one for one in withholding_notices(notice.agreement) if one.notice.pk == notice.pk), None)
    if held is None:
        return tuple(_would_be(notice, on))
    return (*_sums(held, reader, on), Consequence(rule_in_words(held.withholding) + _unchecked(held.kept)))


def _sums(held: WithholdingNotice, reader: Reader, on: date) -> Iterator[Consequence]:
    months = months_between(month_start(held.began_on), add_months(max(on, held.began_on), 1))
    sees_payments = reader.may(Permission.SEE_PAYMENTS)
    found = charges(held.notice.agreement, months, sees_payments=sees_payments)
    reasons = [reason for charge in found.charges for reason in charge.reasons if reason.notice == held.notice.pk]
    for reason in sorted(reasons, key=lambda one: (one.month, one.is_addition)):
        yield Consequence(
            sentence=_sentence(reason, _councils(reasons)),
            amount=reason.amount,
            month=reason.month,
            is_proposed=not reason.is_certified,
            url=_page_of(held.notice.agreement, reason.month, on),
        )


def _page_of(agreement: Agreement, month: date, on: date) -> str:
    """The month's page of money; empty while the month has not ended, for it has none then."""
    if add_months(month, 1) > on:
        return ""
    return f"{reverse('money', args=[agreement.reference])}?month={month:%Y-%m}"


def _councils(reasons: Iterable[Reason]) -> int:
    return len({reason.payer.pk for reason in reasons})


def _sentence(reason: Reason, councils: int) -> str:
    """ "£2,000.00 of Early Help is proposed to be withheld from the payment for July 2019."."""
    amount = f"{money(reason.amount or 0)} of {reason.element.short_name}"
    by = f" by {reason.payer.short_name}" if councils > 1 else ""
    of_month = f"the payment for {month_name(reason.month)}{by}"
    if reason.is_addition:
        is_paid = "is paid after all" if reason.is_certified else "is proposed to be paid after all"
        return f"{amount} {is_paid}, with {of_month}."
    return f"{amount} is {'' if reason.is_certified else 'proposed to be '}withheld from {of_month}."


def _would_be(notice: Notice, on: date) -> Iterator[Consequence]:
    if not is_open(notice.stage) or not notice.kind.steps.filter(stage=NoticeStage.WITHHOLDING).exists():
        return
    terms = notice.kind.withholding_terms.order_by("in_force_from")
    term = next((one for one in terms if is_in_force(on, one.in_force_from, one.in_force_until)), None)
    if term is None:
        yield Consequence(f"No term of the agreement says how much a {notice.kind.name} withholds.")
        return
    of = term.get_basis_display()
    if notice.element is not None and term.basis == WithholdingBasis.ELEMENT:
        of = f"the monthly instalment of {notice.element.short_name}"
    sums = _by_instalments(notice, Withholding(term.percent, on), is_of_all=term.basis == WithholdingBasis.AGREEMENT)
    part = f"{percent_in_words(term.percent)} of {of}"
    said = f"If it comes to withholding, {part} is withheld each month until it is put right{sums}."
    yield Consequence(said + _unchecked(term))


def _by_instalments(notice: Notice, withholding: Withholding, *, is_of_all: bool) -> str:
    """ ": £2,000.00 of the £100,000.00 due for June 2019"; empty where nothing is due. Each council's by itself."""
    month = month_start(withholding.began_on)
    due = [
        one.due
        for one in instalments_by_payer(notice.agreement, [month], councils_of(notice.agreement))
        if is_of_all or one.element.pk == notice.element_id
    ]
    whole, part = sum(due, NOTHING), sum((withholding.part_of(pounds) for pounds in due), NOTHING)
    return f": {money(part)} of the {money(whole)} due for {month_name(month)}" if whole else ""


def _unchecked(term: NoticeWithholding | WithholdingTerm) -> str:
    return "" if term.checked_reference else f" This is {UNCHECKED}."
