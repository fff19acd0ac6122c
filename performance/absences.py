"""The rules about what the last accepted month held and this one does not, or the other way round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import money, month_name, plain
from performance.findings import Finding, warning
from performance.form import AskedMeasure, ReadLine, ReturnForm
from performance.reported import named

LEFT_OUT = "left-out"
Previous = Mapping[tuple[int, str], Decimal]


@dataclass(frozen=True, slots=True)
class Before:
    """The last accepted month: its values and the keys that it did not report, by measure and area."""

    values: Previous
    unreported: frozenset[tuple[int, str]] = frozenset()
    month: date | None = None

    @property
    def when(self) -> str:
        """The month in words."""
        return month_name(self.month) if self.month else "the last accepted month"


def whole_of(form: ReturnForm, measure: int, values: Previous) -> Decimal | None:
    """A measure's value for the whole area; where only the parts are reported (Workforce), their sum."""
    own = values.get((measure, form.whole.code))
    if own is not None:
        return own
    parts = [values.get((measure, area.code)) for area in form.parts]
    held = [part for part in parts if part is not None]
    return sum(held, Decimal(0)) if held and len(held) == len(parts) else None


def nothing_is_left_out_in_silence(lines: tuple[ReadLine, ...], form: ReturnForm, before: Before) -> Iterator[Finding]:
    """An optional measure with a value in the last accepted month may be left out, but not unnoticed."""
    present = {line.measure for line in lines}
    for measure in form.measures:
        value = whole_of(form, measure.key, before.values)
        if value is not None and not measure.required and form.asks_for(measure) and measure.key not in present:
            yield _left_out(measure, value, before)


def reporting_begins_and_stops_with_a_word(
    lines: tuple[ReadLine, ...], form: ReturnForm, before: Before
) -> Iterator[Finding]:
    """Reported last month and now not, or not reported last month and now a number: one warning a measure."""
    measures = {measure.key: measure for measure in form.measures}
    seen: set[int] = set()
    whole_first = sorted(lines, key=lambda line: line.area != form.whole.code)
    for line in whole_first:
        key = (line.measure, line.area)
        measure = measures.get(line.measure)
        if measure is None or line.measure in seen:
            continue
        if line.value is None and key in before.values:
            seen.add(line.measure)
            yield _stopped(measure, line, before.values[key], before)
        elif line.value is not None and key in before.unreported:
            seen.add(line.measure)
            yield _begun(measure, line, line.value, before)


def amount(value: Decimal, measure: AskedMeasure) -> str:
    """A value as a person reads it: pounds with pence, all else as it stands."""
    return money(value) if measure.unit.casefold() == "pounds" else plain(value)


def _left_out(measure: AskedMeasure, value: Decimal, before: Before) -> Finding:
    return warning(
        LEFT_OUT,
        measure.sheet,
        None,
        title=f"{named(measure)} is not in this return",
        found=f"{_subject(measure)} was {amount(value, measure)} in {before.when} and is not in this return",
        expected=f"A row for it, as in {before.when}",
        remedy=f"Add the row to sheet {measure.sheet}, or say why it is left out",
    )


def _stopped(measure: AskedMeasure, line: ReadLine, value: Decimal, before: Before) -> Finding:
    return warning(
        "no-longer-reported",
        line.sheet,
        line.cell,
        title=f"{named(measure)} is no longer reported",
        found=f"Not reported in this return; {amount(value, measure)} in {before.when}",
        expected=f"A number, as in {before.when}",
        remedy=f"Type the number and clear {line.cell}, or say why it is no longer reported",
    )


def _begun(measure: AskedMeasure, line: ReadLine, value: Decimal, before: Before) -> Finding:
    return warning(
        "newly-reported",
        line.sheet,
        line.cell,
        title=f"{named(measure)} was not reported before",
        found=f"{amount(value, measure)} in {line.cell}; not reported in {before.when}",
        expected=f"A number only if it is now counted: 0 means that there were none. {before.when} gave none",
        remedy=f"Check that {line.cell} was counted, or clear it and give the reason for not reporting",
    )


def _subject(measure: AskedMeasure) -> str:
    return f"{measure.label} of {measure.element}" if measure.element else named(measure)
