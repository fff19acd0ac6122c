"""Empty posts and what is deducted for them, worked out from the accepted returns at the agreed rates."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from contracts.formatting import money
from contracts.models import Agreement, Organisation, ServiceElement
from contracts.periods import is_in_force
from funding.days_paid_for import judged_on
from funding.deductions import Posts, shortfall
from funding.models import ShortfallRate
from funding.payers import councils_of
from funding.queries.schedule import ElementInstalment, instalments_by_payer
from funding.splitting import split
from performance.indicators import FormulaTerm, Input
from performance.models import Measure
from performance.return_lines import ReturnLines
from performance.sources import Scope

# Later than any acceptance: what is in force now.
NOW = datetime.max.replace(tzinfo=UTC)
# The instalments that councils pay for an element and a month, one of each council.
Together = Mapping[tuple[int, date], Sequence[ElementInstalment]]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The empty posts of an element in a month; `amount` is None, with the reason, where they are not known.

    `note` says of a rate in pounds how many days it is for, and what all councils bear together, where it matters.
    """

    element: ServiceElement
    month: date
    rate: ShortfallRate
    instalment: Decimal
    posts: Posts | None
    amount: Decimal | None
    why_not: str
    sources: tuple[dict[str, Any], ...]
    payer: Organisation | None = None
    note: str = ""

    @property
    def version_id(self) -> int | None:
        """The version of the return that the numbers are from."""
        return next((one["version_id"] for one in self.sources), None)


def shortfalls(
    agreement: Agreement, due: Sequence[ElementInstalment], as_at: datetime | None = None
) -> tuple[Shortfall, ...]:
    """The shortfall of each instalment whose element has a rate in force on the last day of its month.

    Of the versions of returns accepted at `as_at`, None for now. The instalments may be of several payers: returns
    and rates are read once. A rate in pounds is deducted once, from all that councils pay for the element in the
    month: each council bears its part, pro rata to its instalment.
    """
    rates = agreement.shortfall_rates.select_related(*(f"{m}__{f}" for m in MEASURES for f in ("element", "pathway")))
    held = list(rates.order_by("in_force_from"))
    if not held or not due:
        return ()
    months = sorted({one.month for one in due})
    lines = ReturnLines(Scope(agreement, months[0], months[-1], as_at or NOW))
    whole = agreement.areas.filter(parent=None).values_list("code", flat=True).first() or ""
    is_in_pounds = any(rate.pounds_per_wte is not None for rate in held)
    together = _together(agreement, months, as_at) if is_in_pounds else {}
    return tuple(
        _shortfall(one, rate, _read_all(rate, one.month, lines, whole), together)
        for one in due
        for rate in held
        if rate.element_id == one.element.pk
        and is_in_force(judged_on(one.month, agreement), rate.in_force_from, rate.in_force_until)
    )


MEASURES = ("funded", "in_post", "temporary")


def _together(agreement: Agreement, months: Sequence[date], as_at: datetime | None) -> Together:
    held: dict[tuple[int, date], list[ElementInstalment]] = defaultdict(list)
    for one in instalments_by_payer(agreement, months, councils_of(agreement), as_at):
        held[one.element.pk, one.month].append(one)
    return held


def _shortfall(one: ElementInstalment, rate: ShortfallRate, read: Sequence[Input], together: Together) -> Shortfall:
    sources = tuple(source for each in read for source in each.sources)
    values = [each.value for each in read if each.value is not None]
    if len(values) < len(read):
        why_not = next(each.reason for each in read if each.value is None)
        return Shortfall(one.element, one.month, rate, one.due, None, None, why_not, sources, one.payer)
    posts = Posts(*values)
    amount, note = _amount(one, rate, posts, together.get((one.element.pk, one.month), ()))
    return Shortfall(one.element, one.month, rate, one.due, posts, amount, "", sources, one.payer, note)


def _amount(
    one: ElementInstalment, rate: ShortfallRate, posts: Posts, together: Sequence[ElementInstalment]
) -> tuple[Decimal, str]:
    """What is deducted from one instalment: a share of it, or its part of a rate in pounds, and what to say of it."""
    if rate.pounds_per_wte is None:
        return shortfall(one.due, posts, None), ""
    payers = [each.payer for each in together]
    bearers = together if one.payer in payers else [one]
    days = frozenset[int]().union(*(each.days for each in bearers))
    of_month = monthrange(one.month.year, one.month.month)[1]
    dues = [each.due for each in bearers]
    amount = shortfall(sum(dues, Decimal(0)), posts, rate.pounds_per_wte, Fraction(len(days), of_month))
    by_days = f", for {len(days)} of {of_month} days" if len(days) < of_month else ""
    by_council = f", {money(amount)} for all councils together" if len(bearers) > 1 else ""
    return split(amount, dues)[payers.index(one.payer) if bearers is together else 0], by_days + by_council


def _read_all(rate: ShortfallRate, month: date, lines: ReturnLines, whole: str) -> list[Input]:
    asked = [measure for measure in (rate.funded, rate.in_post, rate.temporary) if measure is not None]
    return [_read(measure, month, lines, whole) for measure in asked]


def _read(measure: Measure, month: date, lines: ReturnLines, whole: str) -> Input:
    term = FormulaTerm(
        "return",
        sheet=measure.sheet,
        element=measure.element.code if measure.element else None,
        pathway=measure.pathway.code if measure.pathway else None,
        label=measure.label,
    )
    return lines.answer(term, whole, month)
