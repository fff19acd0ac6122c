"""Money by month, as pages read it."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum

from contracts.agreement_months import months_of
from contracts.models import Agreement, ServiceElement
from contracts.periods import add_months, months_between
from funding.instalments import PENNY, instalment_due
from funding.month_of_money import MonthOfMoney
from performance.as_known import accepted_versions
from performance.form import Sheet
from performance.models import Line


def money_by_month(
    agreement: Agreement, element: ServiceElement, until: date, as_at: datetime | None = None
) -> tuple[MonthOfMoney, ...]:
    """What was due for an element and what the open book says was spent, from the first return to `until`.

    What was spent is as known at `as_at`, None for now; what was due is by the funding lines of now. A month without
    an accepted return, or with a cost that was not reported, has no spend, which is not £0.00.
    """
    lines = list(agreement.funding_lines.filter(element=element))
    spent = _spent(agreement, element, as_at)
    return tuple(
        MonthOfMoney(
            month=month,
            due=sum(
                (instalment_due(x.annual_amount, month, x.in_force_from, x.in_force_until) for x in lines), Decimal(0)
            ),
            spent=spent.get(month),
        )
        for month in months_between(months_of(agreement).first_shown(until), add_months(until, 1))
    )


def _spent(agreement: Agreement, element: ServiceElement, as_at: datetime | None) -> dict[date, Decimal]:
    rows = (
        Line.objects.filter(
            accepted_versions(as_at, of="version__"),
            version__of_return__agreement=agreement,
            measure__sheet=Sheet.OPEN_BOOK,
            measure__element=element,
        )
        .values_list("version__of_return__month")
        .annotate(total=Sum("value"), unsaid=Count("pk", filter=Q(value__isnull=True)))
    )
    return {month: total.quantize(PENNY) for month, total, unsaid in rows if not unsaid}
