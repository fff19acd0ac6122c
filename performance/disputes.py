"""Which months' caseloads are disputed, which are resolved, and why: counted from the rows.

A moment of None is now.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from contracts.models import Agreement
from performance.as_known import figures_known
from performance.dispute_rules import AgreedFigure, Dispute, Status
from performance.models import Difference, ExplainedDifference, Explanation, Reconciliation
from performance.month_reconciled import MonthReconciled

Months = Collection[date] | None


def answered_by(at: datetime | None, of: str = "") -> Q:
    """The explanations that were answered by then; `of` leads to them."""
    if at is None:
        return Q(**{f"{of}answer__isnull": False})
    return Q(**{f"{of}answer__answered_at__lte": at})


def differences_known(agreement: Agreement, months: Months, at: datetime | None) -> QuerySet[Any]:
    """The differences known at that moment, each with its `status` (`dispute_rules.Status`); all months for None.

    One that the other side signed resolves it, whatever became of the others; one that was sent back is as if unsaid.
    """
    of_it = ExplainedDifference.objects.filter(difference=OuterRef("pk"))
    if at is not None:
        of_it = of_it.filter(explanation__written_at__lte=at)
    answered = answered_by(at, "explanation__")
    known = Difference.objects.filter(figures_known(at), _of(months), agreement=agreement)
    return known.annotate(
        status=Case(
            When(Exists(of_it.filter(answered, explanation__answer__is_signed=True)), then=Value(Status.SIGNED.value)),
            When(Exists(of_it.exclude(answered)), then=Value(Status.WAITING.value)),
            default=Value(Status.TO_EXPLAIN.value),
            output_field=CharField(),
        )
    )


def statuses_of(agreement: Agreement, month: date) -> dict[int, str]:
    """The status of each of the month's differences by its key, as things are now."""
    return dict(differences_known(agreement, [month], None).values_list("pk", "status"))


def statuses_named(explanation: Explanation) -> dict[int, str]:
    """The same of those differences that an explanation names and that are still there."""
    of_month = differences_known(explanation.agreement, [explanation.month], None)
    return dict(of_month.filter(explained__explanation=explanation).values_list("pk", "status"))


def resolved_among(worked: MonthReconciled) -> int:
    """How many of the differences worked out just now are resolved; one that has changed since is not."""
    if not worked.differences:
        return 0
    kept = differences_known(worked.agreement, [worked.month], None).filter(status=Status.SIGNED)
    resolved = set(kept.values_list("reference", "kind", "area__code", "provider_says", "council_says"))
    return sum(
        (one.reference, one.kind.value, one.area, one.provider_says, one.council_says) in resolved
        for one in worked.differences
    )


def month_disputes(agreement: Agreement, months: Months, at: datetime | None) -> dict[date, Dispute]:
    """How each month stands whose caseloads were held against each other, newest first. Three queries."""
    whole = Reconciliation.objects.filter(figures_known(at), _of(months), agreement=agreement, area__parent=None)
    reasons = dict(whole.order_by("-month").values_list("month", "reason"))
    counts = _counts(agreement, months, at)
    signed = signed_figures(agreement, months, at)
    return {
        month: Dispute(
            month,
            reason=reason,
            to_explain=counts[month, Status.TO_EXPLAIN],
            waiting=counts[month, Status.WAITING],
            signed=counts[month, Status.SIGNED],
            signed_figure=signed.get(month),
        )
        for month, reason in reasons.items()
    }


def signed_figures(agreement: Agreement, months: Months, at: datetime | None) -> dict[date, AgreedFigure]:
    """The figure that both sides signed last, of each month that has one."""
    signed = Explanation.objects.filter(
        answered_by(at), _of(months), agreement=agreement, agreed_figure__isnull=False, answer__is_signed=True
    )
    rows = signed.order_by("answer__answered_at", "pk")
    return {
        month: AgreedFigure(children, answered_at)
        for month, children, answered_at in rows.values_list("month", "agreed_figure", "answer__answered_at")
        if children is not None
    }


def _of(months: Months) -> Q:
    return Q() if months is None else Q(month__in=months)


def _counts(agreement: Agreement, months: Months, at: datetime | None) -> Mapping[tuple[date, str], int]:
    counted = differences_known(agreement, months, at).values("month", "status").annotate(count=Count("pk"))
    counts: dict[tuple[date, str], int] = defaultdict(int)
    for row in counted:
        counts[row["month"], row["status"]] = row["count"]
    return counts
