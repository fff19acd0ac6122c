"""The rules that a return's numbers keep among themselves and against the month before: one function each.

Each returns all its findings and raises nothing. Where a side was not reported or could not be read, a rule has nothing
to compare and says nothing: that gap is a finding, or a reason, of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from contracts.formatting import plain
from performance.absences import (
    Before,
    Previous,
    nothing_is_left_out_in_silence,
    reporting_begins_and_stops_with_a_word,
)
from performance.findings import Finding, FindingList, error
from performance.form import AskedArea, AskedMeasure, ReadLine, ReturnForm, Rule, RuleKind, Sheet
from performance.reported import Reported, named
from performance.tolerance import changes_are_within_tolerance
from performance.unchanged import numbers_are_not_all_as_before
from performance.usual_range import UsualRange, values_are_within_their_usual_range
from performance.workbook.wording import listed, lowered


def check_return(
    lines: Iterable[ReadLine],
    form: ReturnForm,
    previous: Previous,
    previous_month: date | None = None,
    unreported: frozenset[tuple[int, str]] = frozenset(),
    usual: Mapping[int, UsualRange] | None = None,
) -> tuple[Finding, ...]:
    """All findings about `lines`: sums, parts, equals, contradictions (errors), large changes and gaps (warnings).

    `previous` holds the last accepted month's values by measure and area, `unreported` those it gave a reason for
    instead; its month is `previous_month` when known. Both are empty in the first month. `usual` are the usual ranges
    by measure.
    """
    held = tuple(lines)
    before = Before(previous, unreported, previous_month)
    known = Reported(
        lines={(line.measure, line.area): line for line in held if line.value is not None},
        measures={measure.key: measure for measure in form.measures},
        form=form,
    )
    findings = FindingList()
    findings.extend(nothing_is_both_reported_and_not(held, known))
    findings.extend(areas_add_to_the_whole(known))
    findings.extend(parts_are_not_above_their_whole(known))
    findings.extend(measures_that_are_the_same_agree(known))
    findings.extend(characteristics_add_to_the_caseload(known))
    findings.extend(changes_are_within_tolerance(known, before))
    findings.extend(values_are_within_their_usual_range(known, usual or {}))
    findings.extend(numbers_are_not_all_as_before(known, before))
    findings.extend(nothing_is_left_out_in_silence(held, form, before))
    findings.extend(reporting_begins_and_stops_with_a_word(held, form, before))
    return findings.all()


def nothing_is_both_reported_and_not(lines: tuple[ReadLine, ...], known: Reported) -> Iterator[Finding]:
    """No measure has both a number and a reason for not reporting (domain.md, rules).

    On Workforce each area has a row of its own, so a reason for one says nothing about another.
    """
    reasons = {(line.measure, line.area): line for line in lines if line.not_reported_because}
    said: set[tuple[int, str]] = set()
    for (measure, area), reason in reasons.items():
        by_area = measure in known.measures and known.measures[measure].sheet is Sheet.WORKFORCE
        if (measure, area if by_area else "") in said:
            continue
        said.add((measure, area if by_area else ""))
        number = next(
            (
                line
                for line in reversed(lines)
                if line.measure == measure and line.value is not None and (not by_area or line.area == area)
            ),
            None,
        )
        if number is not None and number.value is not None and measure in known.measures:
            yield error(
                "both",
                number.sheet,
                number.cell,
                title="Both a number and a reason for not reporting",
                found=f"{plain(number.value)} in {number.cell}, and a reason in {reason.cell}",
                expected="Either a number or a reason, not both",
                remedy=f"Keep the numbers and clear {reason.cell}, or clear the numbers and keep the reason. "
                f"{named(known.measures[measure])}",
            )


def areas_add_to_the_whole(known: Reported) -> Iterator[Finding]:
    """The areas under an area add to it, measure by measure (domain.md, rules: areas add to Kent)."""
    for parent in known.form.areas:
        children = [area for area in known.form.areas if area.parent == parent.code]
        for measure in known.form.measures if children else ():
            whole = known.lines.get((measure.key, parent.code))
            parts = [known.lines.get((measure.key, area.code)) for area in children]
            held = [part for part in parts if part is not None]
            if whole is None or whole.value is None or len(held) < len(children):
                continue
            total = _sum(held)
            if total != whole.value:
                yield _areas_differ(measure, parent, children, whole, held, total)


def _areas_differ(
    measure: AskedMeasure,
    parent: AskedArea,
    children: list[AskedArea],
    whole: ReadLine,
    parts: list[ReadLine],
    total: Decimal,
) -> Finding:
    names = [area.name for area in children]
    values = [f"{name} {plain(part.value)} ({part.cell})" for name, part in zip(names, parts, strict=True)]
    return error(
        "areas",
        whole.sheet,
        whole.cell,
        title=f"{listed(names)} do not add to {parent.name}",
        found=f"{parent.name} {plain(whole.value)}; {listed(values)} add to {plain(total)}",
        expected=f"{parent.name} equal to {' plus '.join(names)}",
        remedy=f"Correct whichever of {listed([*(part.cell for part in parts), whole.cell])} is wrong. "
        f"{named(measure)}",
    )


def parts_are_not_above_their_whole(known: Reported) -> Iterator[Finding]:
    """A part is not above its whole, area by area: SPA referrals, goals met, completed in standard."""
    for rule, area in _rules(known, RuleKind.PART_OF):
        part, whole = known.lines.get((rule.measure, area.code)), known.lines.get((rule.against, area.code))
        if part is None or whole is None or part.value is None or whole.value is None or part.value <= whole.value:
            continue
        smaller, larger = known.measures[rule.measure], known.measures[rule.against]
        yield error(
            "part",
            part.sheet,
            part.cell,
            title=f"More {lowered(smaller.label)} than {lowered(larger.label)}",
            found=f"{plain(part.value)} {lowered(smaller.label)} ({part.cell}), {area.name}",
            expected=f"No more than {plain(whole.value)}, the {lowered(larger.label)} ({_place(whole, part)})",
            remedy=f"Correct {_place(whole, part)} or {part.cell}, and the other areas with them. {named(smaller)}",
        )


def measures_that_are_the_same_agree(known: Reported) -> Iterator[Finding]:
    """Two measures of the same children are equal, area by area: Early Help pathway = Early Help caseload."""
    for rule, area in _rules(known, RuleKind.SAME_AS):
        one, other = known.lines.get((rule.measure, area.code)), known.lines.get((rule.against, area.code))
        if one is None or other is None or one.value == other.value:
            continue
        yield error(
            "same",
            one.sheet,
            one.cell,
            title=f"{named(known.measures[rule.measure])} differs from {named(known.measures[rule.against])}",
            found=f"{plain(one.value)} for {area.name}",
            expected=f"{plain(other.value)}, as on sheet {other.sheet}, cell {other.cell}",
            remedy=f"Correct this cell, or {other.sheet} {other.cell}, so that both show the same, in each area too",
        )


def characteristics_add_to_the_caseload(known: Reported) -> Iterator[Finding]:
    """The groups of each characteristic add to the caseload, over the whole area (domain.md, rules)."""
    for (characteristic, against), keys in _characteristics(known).items():
        area = known.form.whole.code
        whole = known.lines.get((against, area))
        groups = [known.lines.get((key, area)) for key in keys]
        held = [group for group in groups if group is not None]
        if whole is None or len(held) < len(keys) or _sum(held) == whole.value:
            continue
        values = [f"{known.measures[line.measure].label} {plain(line.value)} ({line.cell})" for line in held]
        label = lowered(known.measures[against].label)
        yield error(
            "characteristic",
            held[0].sheet,
            held[0].cell,
            title=f"{characteristic[1]} does not add to the {label}",
            found=f"{listed(values)} add to {plain(_sum(held))}",
            expected=f"{plain(whole.value)}, the {label} on sheet {whole.sheet}, cell {whole.cell}",
            remedy=f"Correct whichever group is wrong, or {whole.sheet} {whole.cell}. {characteristic[0]}".rstrip(". "),
        )


def _rules(known: Reported, kind: RuleKind) -> Iterator[tuple[Rule, AskedArea]]:
    return ((rule, area) for rule in known.form.rules if rule.kind is kind for area in known.form.areas)


def _characteristics(known: Reported) -> dict[tuple[tuple[str, str], int], list[int]]:
    """The measures of each element's characteristic that add up to the same measure."""
    groups: dict[tuple[tuple[str, str], int], list[int]] = {}
    for rule in known.form.rules:
        if rule.kind is RuleKind.ADDS_UP_TO and rule.measure in known.measures:
            measure = known.measures[rule.measure]
            groups.setdefault(((measure.element, measure.characteristic), rule.against), []).append(rule.measure)
    return groups


def _sum(lines: Iterable[ReadLine]) -> Decimal:
    return sum((line.value for line in lines if line.value is not None), Decimal(0))


def _place(line: ReadLine, beside: ReadLine) -> str:
    return line.cell if line.sheet == beside.sheet else f"{line.sheet} {line.cell}"
