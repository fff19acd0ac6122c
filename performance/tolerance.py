"""The rule about large changes from one accepted month to the next."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from contracts.formatting import change, month_name, plain
from performance.findings import Finding, warning
from performance.form import AskedMeasure, ReadLine, Sheet
from performance.reported import Reported, named

Previous = Mapping[tuple[int, str], Decimal]
PERCENT = Decimal(100)


def changes_are_within_tolerance(known: Reported, previous: Previous, previous_month: date | None) -> Iterator[Finding]:
    """A change of more than the agreed tolerance against the last accepted month needs a reason (whole area only)."""
    tolerance = known.form.tolerance
    if tolerance is None:
        return
    area = known.form.whole.code
    for measure in known.form.measures:
        line, before = known.lines.get((measure.key, area)), previous.get((measure.key, area))
        if line is None or line.value is None or before is None:
            continue
        room = abs(before) * tolerance / PERCENT
        if abs(line.value - before) > room:
            yield _changed(measure, line, line.value, before, room, tolerance, previous_month)


def _changed(
    measure: AskedMeasure,
    line: ReadLine,
    value: Decimal,
    before: Decimal,
    room: Decimal,
    tolerance: Decimal,
    month: date | None,
) -> Finding:
    fell = value < before
    by = f" ({change((value - before) / abs(before) * PERCENT, 1)})" if before else ""
    when = month_name(month) if month else "the last accepted month"
    subject = measure.label if measure.sheet in {Sheet.ACTIVITY, Sheet.OPEN_BOOK} else named(measure)
    return warning(
        "change",
        line.sheet,
        line.cell,
        title=f"{subject} {'fell' if fell else 'rose'} by more than {plain(tolerance)}% in a month",
        found=f"{plain(value)}, {'down' if fell else 'up'} from {plain(before)} in {when}{by}",
        expected=f"Between {plain(before - room)} and {plain(before + room)}: "
        f"within {plain(tolerance)}% of the last accepted month",
        remedy=f"Correct {line.cell}, or say why it is right. {named(measure)}",
    )
