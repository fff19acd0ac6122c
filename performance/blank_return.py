"""What the blank return of a month is made from: the month's form, and the last return accepted before it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.agreement_months import months_of
from contracts.models import Agreement
from performance.form import Sheet
from performance.forms_of_return import form_of, last_return_accepted_before
from performance.models import Line, Return, State
from performance.workbook.blank import Blank


class NotAsked(Exception):
    """No return of the month can be filled in; the message says why in a plain sentence."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """Numbers, and reasons in their place, by measure and area."""

    values: dict[tuple[int, str], Decimal]
    unreported: dict[tuple[int, str], str]


def blank_return(agreement: Agreement, month: date, *, is_exact: bool) -> Blank:
    """The blank return of `month`. Raises `NotAsked` for a month or agreement that no return is asked of.

    Small counts of the last accepted return stand in it only if `is_exact`.
    """
    form = form_of(agreement)
    if form is None or not months_of(agreement).requires(month):
        raise NotAsked("No return is asked for this month.")
    earlier = last_return_accepted_before(agreement, month)
    accepted = _accepted(earlier, is_exact) if earlier else _Accepted({}, {})
    return Blank(
        form=form.for_month(month),
        month=month,
        earlier_month=earlier.month if earlier else None,
        values=accepted.values,
        unreported=accepted.unreported,
    )


def _accepted(earlier: Return, is_exact: bool) -> _Accepted:
    lines = Line.objects.filter(version__of_return=earlier, version__state=State.ACCEPTED).order_by("pk")
    if not is_exact:
        lines = lines.exclude(measure__sheet=Sheet.EQUALITY)
    held = list(lines.values_list("measure_id", "area__code", "value", "not_reported_because"))
    return _Accepted(
        {(measure, area): value for measure, area, value, _ in held if value is not None},
        {(measure, area): reason for measure, area, value, reason in held if value is None},
    )
