"""The page on which a month's payment is certified: what is due, what is proposed, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.forms import BoundField
from django.http import Http404

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.formatting import money
from contracts.models import Agreement, Organisation
from contracts.periods import month_start
from funding.added_item_form import MOST_ITEMS
from funding.certificate_form import CertificateForm, fingerprint
from funding.draft_items import DraftItem, added, deducted
from funding.models.payments import Payment, PaymentKind
from funding.payers import own_council, payee_of
from funding.payment_pages.detail import PaidLine, term_of
from funding.payment_pages.wording import is_to_come_back, notice_url, version_name, version_url
from funding.queries.live_payments import live
from funding.queries.proposal import Proposal, proposal
from funding.queries.schedule import instalments
from funding.who_may import certifying
from performance.models import Version


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """A deduction or an addition that the portal proposes, with its tick and the return it follows from."""

    item: DraftItem
    tick: BoundField
    rests_on: str
    url: str

    @property
    def kind(self) -> str:
        """What it rests on, within a sentence: "empty posts"."""
        return str(self.item.kind.label).lower()

    @property
    def is_ticked(self) -> bool:
        """Whether the certifier takes it."""
        return bool(self.tick.value())


@dataclass(frozen=True, slots=True)
class CertifyPage:
    """Everything the page shows; sums are in pounds, of the items that are ticked and added."""

    month: date
    payer: str
    payee: str
    lines: tuple[PaidLine, ...]
    items: tuple[ProposedItem, ...]
    unknown: tuple[str, ...]
    not_back: tuple[str, ...]
    due: Decimal
    deducted: Decimal
    added: Decimal
    to_pay: Decimal
    proposed: str
    form: CertificateForm
    problems: tuple[dict[str, str], ...]

    @property
    def taken(self) -> Decimal:
        """The deductions with the sign they have in what is to pay."""
        return -self.deducted

    @property
    def adds_by_hand(self) -> bool:
        """Whether anything was written into an item beside those that the portal works out."""
        return len(self.form.added.forms) > 1 or any(item.has_changed() for item in self.form.added.forms)

    @property
    def may_add_another(self) -> bool:
        """Whether there is room for one more item."""
        return len(self.form.added.forms) < MOST_ITEMS


def paying_council(standing: Standing) -> Organisation:
    """The reader's own council, whose money they handle; 404 without one."""
    council = own_council(standing.agreement, standing.user)
    if council is None:
        raise Http404("You handle no council’s money here.")
    return council


def proposal_for(standing: Standing, month: date, on: date) -> Proposal:
    """What the reader's council would pay for `month`; 404 for a month that has not ended or has nothing to pay."""
    payer = paying_council(standing)
    if (
        not has_ended(standing, month, on)
        or not (proposed := proposal(standing.agreement, payer, month)).may_be_certified
    ):
        raise Http404("There is nothing to pay for that month yet.")
    return proposed


def may_certify(standing: Standing, month: date, on: date) -> bool:
    """Whether the page of a month that has no payment yet opens for the reader: they are led there only then."""
    council = own_council(standing.agreement, standing.user)
    if council is None or not certifying(standing).may or not has_ended(standing, month, on):
        return False
    if instalments(standing.agreement, [month], [council]):
        return True
    return proposal(standing.agreement, council, month).may_be_certified


def has_ended(standing: Standing, month: date, on: date) -> bool:
    """Whether `month`, of the agreement or after it, is over: payments are in arrears."""
    return months_of(standing.agreement).first <= month < month_start(on)


def live_payment(proposed: Proposal) -> Payment | None:
    """The payment that the month has; None where it waits for one."""
    return live(proposed.agreement.payments.all()).filter(payer=proposed.payer, month=proposed.month).first()


def certify_page(proposed: Proposal, form: CertificateForm) -> CertifyPage:
    """The page of a proposal with its form, empty or as it was sent."""
    payee = payee_of(proposed.agreement)
    return CertifyPage(
        month=proposed.month,
        payer=proposed.payer.short_name,
        payee=payee.short_name if payee else "",
        lines=tuple(
            PaidLine(one.element.name, one.due, tuple(term_of(term) for term in one.terms))
            for one in proposed.instalments
        ),
        items=_items(proposed, form),
        unknown=proposed.unknown,
        not_back=tuple(_not_back(proposed)),
        due=proposed.due,
        deducted=deducted(form.items),
        added=added(form.items),
        to_pay=form.to_pay,
        proposed=fingerprint(proposed),
        form=form,
        problems=tuple(_problems(form)),
    )


def _not_back(proposed: Proposal) -> Iterator[str]:
    """What was paid for the month before, is asked back, and is not back yet."""
    asked_back = proposed.agreement.payments.filter(
        payer=proposed.payer, month=proposed.month, kind=PaymentKind.COUNTER_ENTRY
    )
    for one in asked_back.select_related("reverses").order_by("number"):
        if is_to_come_back(one) and one.reverses:
            yield f"{money(-one.to_pay)} of payment {one.reverses.number} for this month has not come back yet."


def _problems(form: CertificateForm) -> Iterator[dict[str, str]]:
    """What is wrong with the certificate and with each added item, in the page's order, each with its field."""
    if not form.is_bound:
        return
    yield from ({"text": str(text)} for text in form.non_field_errors())
    fields = [form["left_out_because"], *(field for one in form.added for field in one), form["declaration"]]
    for field in fields:
        target = field.id_for_label or f"{field.auto_id}_0"
        yield from ({"text": str(text), "href": f"#{target}"} for text in field.errors)


def _items(proposed: Proposal, form: CertificateForm) -> tuple[ProposedItem, ...]:
    keys = [item.version_id for item in proposed.items if item.version_id]
    versions = Version.objects.select_related("of_return").in_bulk(keys)
    return tuple(
        ProposedItem(item, tick, *_source(proposed.agreement, item, versions.get(item.version_id or 0)))
        for item, tick in form.ticks()
    )


def _source(agreement: Agreement, item: DraftItem, version: Version | None) -> tuple[str, str]:
    """What a proposed item follows from, with its address: a notice or a version of a return."""
    if item.notice_id is not None:
        return f"Notice {item.notice}", notice_url(agreement, item.notice_id)
    return (version_name(version), version_url(agreement, version)) if version else ("", "")
