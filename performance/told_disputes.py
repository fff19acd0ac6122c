"""What machines are told of a dispute, by the rules that the pages go by: beside a figure, and of each area's month."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Value, When

from contracts.models import Agreement
from performance.dispute_rules import Dispute, MonthState, Status
from performance.disputed_figures import FigureDisputes
from performance.disputes import differences_known, month_disputes
from performance.models import Figure, Reconciliation
from performance.month_reconciled import within
from performance.reconciliation import Kind

STATES = {state: state.name.lower().replace("_", "-") for state in MonthState}
Counts = Mapping[tuple[Any, ...], int]


@dataclass(frozen=True, slots=True)
class ToldDispute:
    """How the caseloads of a month and area stand; None where they could not be held against each other."""

    state: str
    resolved: int | None
    unresolved: int | None
    disputed: bool
    agreed_figure: int | None


def beside(figure: Figure, disputes: FigureDisputes) -> dict[str, Any]:
    """The members of a figure's record: whether it is disputed, and the children that both sides signed instead."""
    shown = disputes.of(figure)
    agreed = shown.agreed if shown else None
    return {"disputed": shown is not None and agreed is None, "agreed_figure": agreed.children if agreed else None}


def told_disputes(agreement: Agreement, rows: Iterable[Reconciliation], at: datetime | None) -> dict[int, ToldDispute]:
    """How each row stands, by its key, as known at `at` (None: now). Five queries, however many rows."""
    held = list(rows)
    months = {row.month for row in held}
    whole = month_disputes(agreement, months, at)
    counts = _counts(agreement, months, at)
    parts = within(list(agreement.areas.all()))
    return {
        row.pk: _told(_of_part(row, parts[row.area], counts) if row.area.parent_id else whole[row.month])
        for row in held
    }


def _counts(agreement: Agreement, months: Collection[date], at: datetime | None) -> Counts:
    """How many differences of each status there are, by month and the two areas that a case is held in."""
    says = When(kind=Kind.AREA_DIFFERS.value, then=F("council_says"))
    elsewhere = Case(says, default=Value(""), output_field=CharField())
    known = differences_known(agreement, months, at).annotate(elsewhere=elsewhere).order_by()
    counted = known.values_list("month", "area__code", "elsewhere", "status").annotate(count=Count("pk"))
    return {tuple(group): count for *group, count in counted}


def _of_part(row: Reconciliation, codes: Collection[str], counts: Counts) -> Dispute:
    """How the part of the area stands that has the areas of `codes` in it: a case held in two of them counts once."""
    by_status: Counter[str] = Counter()
    for (month, code, elsewhere, status), count in counts.items():
        if month == row.month and (code in codes or elsewhere in codes):
            by_status[status] += count
    to_explain, waiting, signed = (by_status[status] for status in (Status.TO_EXPLAIN, Status.WAITING, Status.SIGNED))
    return Dispute(row.month, reason=row.reason, to_explain=to_explain, waiting=waiting, signed=signed)


def _told(dispute: Dispute) -> ToldDispute:
    is_known = dispute.state is not MonthState.NOT_AVAILABLE
    return ToldDispute(
        state=STATES[dispute.state],
        resolved=dispute.signed if is_known else None,
        unresolved=dispute.unresolved if is_known else None,
        disputed=dispute.is_disputed,
        agreed_figure=dispute.agreed.children if dispute.agreed else None,
    )
