"""The rule about large changes from one accepted month to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from contracts.formatting import change, plain
from performance.absences import Before, amount, whole_of
from performance.findings import Finding, warning
from performance.form import AskedMeasure, ReadLine, Sheet
from performance.reported import Reported, named
from performance.workbook.wording import listed

PERCENT = Decimal(100)
# The steps that a range is rounded to: hundredths for pounds and WTE, tenths for counts.
HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.1")
WITH_HUNDREDTHS = frozenset({"pounds", "wte"})
# A person's half post coming or going doubles a small team's temporary staff: only a whole post is worth a reason.
WHOLE_POST = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Change:
    """A measure's value now and before, over the whole area, and the lines that it stands in."""

    measure: AskedMeasure
    lines: tuple[ReadLine, ...]
    value: Decimal
    before: Decimal
    tolerance: Decimal

    @property
    def room(self) -> Decimal:
        """How far the value may move without a reason."""
        return abs(self.before) * self.tolerance / PERCENT


def changes_are_within_tolerance(known: Reported, before: Before) -> Iterator[Finding]:
    """A change of more than the agreed tolerance against the last accepted month needs a reason.

    The whole area is compared; where only its parts are reported (Workforce), their sum.
    """
    tolerance = known.form.tolerance
    if tolerance is None:
        return
    values = {key: line.value for key, line in known.lines.items() if line.value is not None}
    for measure in known.form.measures:
        value = whole_of(known.form, measure.key, values)
        earlier = whole_of(known.form, measure.key, before.values)
        if value is None or earlier is None:
            continue
        found = _Change(measure, _lines(known, measure), value, earlier, tolerance)
        if abs(value - earlier) > found.room and is_worth_a_reason(found.measure, value - earlier):
            yield _changed(found, before)


def is_worth_a_reason(measure: AskedMeasure, moved: Decimal) -> bool:
    """On Workforce only a change of at least one whole post is, however many percent it makes."""
    return measure.sheet is not Sheet.WORKFORCE or abs(moved) >= WHOLE_POST


def _lines(known: Reported, measure: AskedMeasure) -> tuple[ReadLine, ...]:
    whole = known.lines.get((measure.key, known.form.whole.code))
    parts = (known.lines.get((measure.key, area.code)) for area in known.form.parts)
    return (whole,) if whole else tuple(part for part in parts if part is not None)


def _changed(found: _Change, before: Before) -> Finding:
    measure, cells = found.measure, [line.cell for line in found.lines]
    fell = found.value < found.before
    by = f" ({change((found.value - found.before) / abs(found.before) * PERCENT, 1)})" if found.before else ""
    subject = measure.label if measure.sheet in {Sheet.ACTIVITY, Sheet.OPEN_BOOK} else named(measure)
    together = f" in {listed(cells)} together" if len(cells) > 1 else ""
    return warning(
        "change",
        found.lines[0].sheet,
        cells[0],
        title=f"{subject} {'fell' if fell else 'rose'} by more than {plain(found.tolerance)}% in a month",
        found=f"{amount(found.value, measure)}{together}, {'down' if fell else 'up'} from "
        f"{amount(found.before, measure)} in {before.when}{by}",
        expected=f"Between {_bound(found, -1)} and {_bound(found, 1)}: "
        f"within {plain(found.tolerance)}% of the last accepted month",
        remedy=f"Correct {listed(cells, 'or')}, or say why it is right. {named(measure)}",
    )


def _bound(found: _Change, side: int) -> str:
    """An end of the range, rounded inwards so that what is named lies within it."""
    step = HUNDREDTH if found.measure.unit.casefold() in WITH_HUNDREDTHS else TENTH
    rounding = ROUND_FLOOR if side > 0 else ROUND_CEILING
    bound = (found.before + side * found.room).quantize(step, rounding)
    return amount(bound if bound != bound.to_integral_value() else bound.to_integral_value(), found.measure)
