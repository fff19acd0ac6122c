"""A year's figures for the annual statement, read from funding lines, payments and accepted open books."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from contracts.agreement_months import months_of
from contracts.models import Agreement, Organisation, ServiceElement
from contracts.periods import financial_year_months
from funding.models import Direction, Payment, PaymentItem, PaymentKind, PaymentLine, PaymentMove
from funding.payers import councils_of
from funding.payment_moves import LEFT, PaymentState
from funding.queries.schedule import ElementInstalment, instalments_by_payer
from funding.queries.spending import spending
from funding.queries.statement_costs import books_held, dues_of, own_costs, shared
from funding.statement_shapes import RestsOn, StatementDraft, YearMonth, YearPayment
from funding.statement_sums import NOTHING, Owed, PaidLine, element_sums
from performance.as_known import accepted_versions
from performance.models import Version


def statement_of(
    agreement: Agreement, payer: Organisation, year_start: date, as_at: datetime | None = None
) -> StatementDraft:
    """The year's figures as known at `as_at`, None for now; instalments are by the funding lines agreed then.

    Paid is what left for the year's months: the payments in the ledger, and the counter-entries that took money
    back. A correction of an earlier year counts in the year of the payment that carried it.
    """
    term = months_of(agreement)
    months = tuple(one for one in financial_year_months(year_start) if term.first <= one < term.end)
    together = instalments_by_payer(agreement, months, dict.fromkeys((*councils_of(agreement), payer)), as_at)
    due = [one for one in together if one.payer == payer]
    payments = list(_payments(agreement, payer, months, as_at))
    paid = [line for one in payments if _has_left(one) for line in _paid_lines(one)]
    owed = [Owed(one.element.pk, one.element.name, one.month, one.due) for one in due]
    names = dict(agreement.elements.order_by("position", "pk").values_list("pk", "name"))
    funded = {one.element for one in owed} | {one.element for one in paid}
    dues = dues_of(together, [key for key in names if key in funded], payer)
    book = spending(agreement, months or [year_start], as_at)
    costs = own_costs(book, dues, payer, names)
    return StatementDraft(
        year_start=year_start,
        lines=element_sums(owed, paid, costs, list(names), books_held(agreement, months, book)),
        months=_months(months, due, payments, _versions(agreement, months, as_at)),
        shared=shared(dues, payer, names),
    )


def _payments(
    agreement: Agreement, payer: Organisation, months: Sequence[date], as_at: datetime | None
) -> QuerySet[Payment]:
    left, certified = Q(state__in=LEFT), Q()
    if as_at is not None:
        left = Q(Exists(PaymentMove.objects.filter(payment=OuterRef("pk"), to_state=PaymentState.PAID, at__lte=as_at)))
        certified = Q(certified_at__lte=as_at)
    return (
        agreement.payments.filter(certified, payer=payer, month__in=months)
        .annotate(has_left=ExpressionWrapper(left, output_field=BooleanField()))
        .prefetch_related("lines__element", "items__element")
        .order_by("month", "number")
    )


def _has_left(payment: Payment) -> bool:
    return bool(payment.has_left)  # type: ignore[attr-defined]  # annotated in _payments


def _paid_lines(payment: Payment) -> list[PaidLine]:
    """Its elements: those with an instalment, and those that only something was added to."""
    held: list[PaymentLine | PaymentItem] = [*payment.lines.all(), *payment.items.all()]
    elements = {one.element_id: one.element for one in held}
    return [_paid_line(payment, element) for element in elements.values()]


def _paid_line(payment: Payment, element: ServiceElement) -> PaidLine:
    def of(direction: Direction) -> Decimal:
        own = (one for one in payment.items.all() if one.element_id == element.pk)
        return sum((one.amount for one in own if one.direction == direction), NOTHING)

    due = sum((line.due for line in payment.lines.all() if line.element_id == element.pk), NOTHING)
    return PaidLine(element.pk, element.name, due, of(Direction.DEDUCTION), of(Direction.ADDITION))


def _versions(agreement: Agreement, months: Sequence[date], as_at: datetime | None) -> dict[date, RestsOn]:
    held = Version.objects.filter(
        accepted_versions(as_at), of_return__agreement=agreement, of_return__month__in=months
    ).values_list("of_return__month", "number", "accepted_at")
    return {month: RestsOn(month, number, accepted_at) for month, number, accepted_at in held}


def _months(
    months: Sequence[date], due: Sequence[ElementInstalment], payments: Sequence[Payment], versions: dict[date, RestsOn]
) -> tuple[YearMonth, ...]:
    return tuple(
        YearMonth(
            month=month,
            due=sum((one.due for one in due if one.month == month), NOTHING),
            payments=tuple(_payment(one) for one in payments if one.month == month),
            version=versions.get(month),
        )
        for month in months
    )


def _payment(one: Payment) -> YearPayment:
    left = _has_left(one)
    return YearPayment(
        number=one.number,
        name=f"{one.get_kind_display()} {one.number}",
        month=one.month,
        amount=one.to_pay,
        reference=one.ledger_reference if left else "",
        left=left,
        state="Paid" if left else "Paid later" if one.state in LEFT else one.get_state_display(),
        is_counter_entry=one.kind == PaymentKind.COUNTER_ENTRY,
        is_illustrative=one.is_illustrative,
    )
