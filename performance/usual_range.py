"""The rule about values beyond the limits that the months before set: SPC as a question to the provider. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.formatting import count_of
from performance.absences import amount
from performance.findings import Finding, warning
from performance.form import AskedMeasure, ReadLine
from performance.reported import Reported, named
from performance.spc import SpcOptions, process_limits
from performance.spc.limits import as_decimal

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The lower and upper limit of a measure over the whole area, and of how many months they were worked out."""

    lower: Decimal
    upper: Decimal
    months: int


def usual_range(values: Sequence[Decimal | None]) -> UsualRange | None:
    """The natural process limits of `values`, month by month, None for a month without one.

    None with fewer values than limits are firm with (13, NHS Making Data Count) or where they have no spread at all.
    A count cannot fall below nought, so the lower limit does not either.
    """
    reported = sum(value is not None for value in values)
    limits = process_limits(values)
    lower, upper = as_decimal(limits.lower), as_decimal(limits.upper)
    if reported < SpcOptions().minimum_points or lower is None or upper is None:
        return None
    return UsualRange(max(lower, Decimal(0)), upper, reported)


def values_are_within_their_usual_range(known: Reported, ranges: Mapping[int, UsualRange]) -> Iterator[Finding]:
    """A value beyond the limits of the months before needs a reason (domain.md, "The monthly return").

    `ranges` are by the key of the measure. Only the whole area is held against them.
    """
    for key, usual in ranges.items():
        line = known.lines.get((key, known.form.whole.code))
        if line is None or line.value is None or usual.lower <= line.value <= usual.upper:
            continue
        yield _beyond(known.measures[key], line, line.value, usual)


def _beyond(measure: AskedMeasure, line: ReadLine, value: Decimal, usual: UsualRange) -> Finding:
    return warning(
        "usual-range",
        line.sheet,
        line.cell,
        title=f"{measure.label} is {'above' if value > usual.upper else 'below'} its usual range",
        found=amount(value, measure),
        expected=f"Between {_bound(usual.lower, measure)} and {_bound(usual.upper, measure)}: "
        f"the limits of the {count_of(usual.months, 'month')} before (XmR chart)",
        remedy=f"Correct {line.cell}, or say why it is right. {named(measure)}",
    )


def _bound(limit: Decimal, measure: AskedMeasure) -> str:
    """An end of the range, in tenths."""
    return amount(limit.quantize(TENTH), measure)
