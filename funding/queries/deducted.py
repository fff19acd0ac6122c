"""What was or would be deducted and added, by element and month: as certified, else as today has it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from contracts.models import Agreement, Organisation
from funding.charges import Charge, Charges
from funding.models import Payment, PaymentKind, PaymentMove
from funding.payers import councils_of
from funding.payment_moves import LIVE, PaymentState
from funding.queries.certified_charges import certified_charges
from funding.queries.proposed_charges import proposed_charges

# What those who see no payments learn of: a payment that nobody approved yet is no more than a draft to them.
APPROVED = frozenset({PaymentState.APPROVED, PaymentState.SENT, PaymentState.PAID})


def charges(
    agreement: Agreement, months: Sequence[date], as_at: datetime | None = None, *, sees_payments: bool = True
) -> Charges:
    """The charges of `months` to every council: of a month with a payment as certified, else proposed.

    As known at `as_at`, None for now. A few queries for each council, however many months.
    """
    states = LIVE if sees_payments else APPROVED
    payments = _payments(agreement, months, as_at)
    live = [one for one in payments if _held_state(one) in states]
    certified = list(_certified(agreement, live))
    proposed = [
        proposed_charges(agreement, payer, sorted(set(months) - _months_of(live, payer)), as_at, states)
        for payer in councils_of(agreement)
    ]
    return Charges(
        charges=(*certified, *(charge for one in proposed for charge in one.charges)),
        payments=_by_month(live),
        not_met=_by_month(one for one in payments if _has_failed(one) and one.month not in _months_of(live, one.payer)),
        corrections=tuple(reason for one in proposed for reason in one.corrections),
    )


def _certified(agreement: Agreement, payments: Iterable[Payment]) -> Iterable[Charge]:
    illustrative = frozenset(agreement.shortfall_rates.filter(is_illustrative=True).values_list("pk", flat=True))
    return (charge for payment in payments for charge in certified_charges(payment, illustrative))


def _months_of(payments: Iterable[Payment], payer: Organisation) -> set[date]:
    return {one.month for one in payments if one.payer_id == payer.pk}


def _has_failed(payment: Payment) -> bool:
    return _held_state(payment) is PaymentState.NOT_MET


def _by_month(payments: Iterable[Payment]) -> dict[date, tuple[Payment, ...]]:
    by_month: dict[date, list[Payment]] = defaultdict(list)
    for payment in payments:
        by_month[payment.month].append(payment)
    return {month: tuple(held) for month, held in by_month.items()}


def _payments(agreement: Agreement, months: Sequence[date], as_at: datetime | None) -> Sequence[Payment]:
    """The payments of `months`, each with the state it had (`held_state`), but those that came to nothing."""
    known = Q() if as_at is None else Q(certified_at__lte=as_at)
    return list(
        agreement.payments.filter(known, kind=PaymentKind.PAYMENT, month__in=months)
        .annotate(held_state=_state(as_at))
        .filter(held_state__in=[*LIVE, PaymentState.NOT_MET])
        .select_related("payer")
        .prefetch_related("lines__element", "items__element", "items__version__of_return", "items__decision")
        .order_by("month", "number")
    )


def _held_state(payment: Payment) -> PaymentState:
    return PaymentState(payment.held_state)  # type: ignore[attr-defined]  # annotated in _payments


def _state(as_at: datetime | None) -> F | Coalesce:
    """The state of a payment at `as_at`: its own now, else what its last step by then made of it."""
    if as_at is None:
        return F("state")
    moves = PaymentMove.objects.filter(payment=OuterRef("pk"), at__lte=as_at).order_by("-at", "-pk")
    return Coalesce(Subquery(moves.values("to_state")[:1]), Value(PaymentState.CERTIFIED.value))
