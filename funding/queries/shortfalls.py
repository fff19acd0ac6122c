"""Empty posts and what is deducted for them, worked out from the accepted returns at the agreed rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from contracts.models import Agreement, ServiceElement
from contracts.periods import is_in_force
from funding.deductions import Posts, shortfall
from funding.models import ShortfallRate
from funding.queries.schedule import ElementInstalment
from performance.indicators import FormulaTerm, Input
from performance.models import Measure
from performance.return_lines import ReturnLines
from performance.sources import Scope

# Later than any acceptance: what is in force now.
NOW = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The empty posts of an element in a month; `amount` is None, with the reason, where they are not known."""

    element: ServiceElement
    month: date
    rate: ShortfallRate
    instalment: Decimal
    posts: Posts | None
    amount: Decimal | None
    why_not: str
    sources: tuple[dict[str, Any], ...]

    @property
    def version_id(self) -> int | None:
        """The version of the return that the numbers are from."""
        return next((one["version_id"] for one in self.sources), None)


def shortfalls(
    agreement: Agreement, due: Sequence[ElementInstalment], as_at: datetime | None = None
) -> tuple[Shortfall, ...]:
    """The shortfall of each instalment whose element has a rate in force on the first day of its month.

    Of the versions of returns accepted at `as_at`, None for now.
    """
    rates = agreement.shortfall_rates.select_related(*(f"{m}__{f}" for m in MEASURES for f in ("element", "pathway")))
    held = list(rates.order_by("in_force_from"))
    if not held or not due:
        return ()
    months = [one.month for one in due]
    lines = ReturnLines(Scope(agreement, min(months), max(months), as_at or NOW))
    whole = agreement.areas.filter(parent=None).values_list("code", flat=True).first() or ""
    return tuple(
        _shortfall(one, rate, lines, whole)
        for one in due
        for rate in held
        if rate.element_id == one.element.pk and is_in_force(one.month, rate.in_force_from, rate.in_force_until)
    )


MEASURES = ("funded", "in_post", "temporary")


def _shortfall(one: ElementInstalment, rate: ShortfallRate, lines: ReturnLines, whole: str) -> Shortfall:
    asked = [measure for measure in (rate.funded, rate.in_post, rate.temporary) if measure is not None]
    read = [_read(measure, one.month, lines, whole) for measure in asked]
    sources = tuple(source for each in read for source in each.sources)
    values = [each.value for each in read if each.value is not None]
    if len(values) < len(read):
        why_not = next(each.reason for each in read if each.value is None)
        return Shortfall(one.element, one.month, rate, one.due, None, None, why_not, sources)
    posts = Posts(*values)
    amount = shortfall(one.due, posts, rate.pounds_per_wte)
    return Shortfall(one.element, one.month, rate, one.due, posts, amount, "", sources)


def _read(measure: Measure, month: date, lines: ReturnLines, whole: str) -> Input:
    term = FormulaTerm(
        "return",
        sheet=measure.sheet,
        element=measure.element.code if measure.element else None,
        pathway=measure.pathway.code if measure.pathway else None,
        label=measure.label,
    )
    return lines.answer(term, whole, month)
