"""What was or would be deducted and added, by element and month: as certified, else as the empty posts have it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from contracts.models import Agreement, Organisation
from funding.charges import Charge, Charges, Reason
from funding.deductions import share_of_empty_posts
from funding.draft_items import DraftItem
from funding.empty_posts import deduction_in_words, kept_posts
from funding.models import Direction, ItemKind, Payment, PaymentItem, PaymentKind, PaymentLine, PaymentMove
from funding.payers import councils_of
from funding.payment_moves import LIVE, PaymentState
from funding.queries.corrections import corrections
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls


def charges(agreement: Agreement, months: Sequence[date], as_at: datetime | None = None) -> Charges:
    """The charges of `months` to every council: of a month with a live payment as certified, else proposed.

    As known at `as_at`, None for now. A few queries for each council, however many months.
    """
    paid = live_payments(agreement, months, as_at)
    held: list[Charge] = []
    for payer in councils_of(agreement):
        own = [one for one in paid if one.payer_id == payer.pk]
        held += [charge for payment in own for charge in _certified(payment)]
        unpaid = sorted(set(months) - {one.month for one in own})
        proposed = list(_proposed(agreement, payer, unpaid, as_at))
        held += proposed if as_at else _with_corrections(agreement, payer, proposed, [one.month for one in own])
    by_month: dict[date, list[Payment]] = defaultdict(list)
    for payment in paid:
        by_month[payment.month].append(payment)
    return Charges(tuple(held), {month: tuple(of_month) for month, of_month in by_month.items()})


def live_payments(agreement: Agreement, months: Sequence[date], as_at: datetime | None) -> Sequence[Payment]:
    """The payments of `months` that were neither stopped nor taken back, each with the state it had (`held_state`)."""
    known = Q() if as_at is None else Q(certified_at__lte=as_at)
    return list(
        agreement.payments.filter(known, kind=PaymentKind.PAYMENT, month__in=months)
        .annotate(held_state=_state(as_at))
        .filter(held_state__in=LIVE)
        .select_related("payer")
        .prefetch_related("lines__element", "items__element", "items__version__of_return", "items__decision")
        .order_by("month", "number")
    )


def _state(as_at: datetime | None) -> F | Coalesce:
    """The state of a payment at `as_at`: its own now, else what its last step by then made of it."""
    if as_at is None:
        return F("state")
    moves = PaymentMove.objects.filter(payment=OuterRef("pk"), at__lte=as_at).order_by("-at", "-pk")
    return Coalesce(Subquery(moves.values("to_state")[:1]), Value(PaymentState.CERTIFIED.value))


def _certified(payment: Payment) -> Iterable[Charge]:
    """What the payment was certified with, never what would be worked out today."""
    for line in payment.lines.all():
        reasons = tuple(
            Reason(
                element=line.element,
                month=payment.month,
                words=_certified_words(line, item),
                amount=item.amount,
                is_addition=item.direction == Direction.ADDITION,
                is_certified=True,
                is_illustrative=payment.is_illustrative,
                rests_on=_rests_on(item),
                return_month=item.version.of_return.month if item.version else None,
                version=item.version.number if item.version else None,
            )
            for item in payment.items.all()
            if item.element_id == line.element_id
        )
        yield Charge(line.element, payment.month, line.due, tuple(line.terms), reasons)


def _rests_on(item: PaymentItem) -> str:
    """The notice or the decision behind it, by its reference."""
    if item.notice:
        return f"Notice {item.notice}"
    return f"Decision {item.decision.number}" if item.decision else ""


def _certified_words(line: PaymentLine, item: PaymentItem) -> str:
    """A share for empty posts as the page says it of every month; any other reason as it was certified."""
    posts = kept_posts(item.basis)
    if item.kind == ItemKind.SHORTFALL and posts and share_of_empty_posts(line.due, posts) == item.amount:
        return deduction_in_words(line.element.name, line.due, posts, None)
    return f"{line.element.short_name}: {item.reason}"


def _proposed(
    agreement: Agreement, payer: Organisation, months: Sequence[date], as_at: datetime | None
) -> Iterable[Charge]:
    due = instalments(agreement, months, [payer])
    found = {(one.element.pk, one.month): one for one in shortfalls(agreement, due, as_at)}
    for one in due:
        empty = found.get((one.element.pk, one.month))
        yield Charge(one.element, one.month, one.due, one.terms, _reasons(one, empty))


def _with_corrections(
    agreement: Agreement, payer: Organisation, proposed: Sequence[Charge], paid: Sequence[date]
) -> Iterable[Charge]:
    """The charges, with what corrects paid months proposed in the first month after them, where it will be paid."""
    first = min((one.month for one in proposed if paid and one.month > max(paid)), default=None)
    if first is None:
        return proposed
    room = {one.element.pk: one.due - _taken(one) for one in proposed if one.month == first}
    found = corrections(agreement, payer, first, room)
    return [
        replace(one, reasons=(*one.reasons, *_corrected(one, found.items))) if one.month == first else one
        for one in proposed
    ]


def _taken(charge: Charge) -> Decimal:
    return sum((reason.amount for reason in charge.reasons if reason.amount is not None), Decimal(0))


def _corrected(charge: Charge, items: Iterable[DraftItem]) -> Iterable[Reason]:
    for item in items:
        if item.element.pk == charge.element.pk:
            source: dict[str, Any] = next(iter(item.basis["now"]["sources"]), {})
            yield Reason(
                element=item.element,
                month=charge.month,
                words=f"{item.element.short_name}: {item.reason}",
                amount=item.amount,
                is_addition=item.direction == Direction.ADDITION,
                return_month=item.for_month if source else None,
                version=source.get("version"),
            )


def _reasons(one: ElementInstalment, empty: Shortfall | None) -> tuple[Reason, ...]:
    if empty is None or empty.amount == 0:
        return ()
    source = next(iter(empty.sources), {})
    return (
        Reason(
            element=one.element,
            month=one.month,
            words=_words(one, empty),
            amount=empty.amount,
            is_illustrative=empty.rate.is_illustrative,
            source=empty.rate.source,
            return_month=one.month if source else None,
            version=source.get("version"),
        ),
    )


def _words(one: ElementInstalment, empty: Shortfall) -> str:
    if empty.posts is None:
        return (
            f"What empty posts in {one.element.name} take off cannot be worked out. {empty.why_not.removesuffix('.')}"
        )
    return deduction_in_words(one.element.name, one.due, empty.posts, empty.rate.pounds_per_wte)
