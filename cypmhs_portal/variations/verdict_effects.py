"""Which verdicts a variation moves: figures of its own months, and the latest as a new target would judge it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.formatting import month_name, quantity, term
from contracts.models import Target, Variation, VariationPart
from contracts.periods import month_end, month_start
from contracts.variations.own_subjects import ELEMENTS, TARGETS, number
from contracts.variations.ranges import DoesNotFit, Term, held_on, varied
from cypmhs_portal.variations.as_varied import figures_as_varied
from funding.varying import FUNDING
from performance.models import Figure
from performance.recompute import FigureKey, key_of
from performance.verdict_words import verdict_in_words
from performance.verdicts import Polarity, Verdict, verdict

COLOURS = {Verdict.GREEN: "green", Verdict.AMBER: "yellow", Verdict.RED: "red"}
NO_FIGURE = "Not worked out any more"


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a figure comes to and is judged by once the variation holds."""

    value: Decimal | None
    target: Decimal | None
    floor: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure and what becomes of it once the variation holds: None where it is worked out no more."""

    figure: Figure
    then: Becomes | None
    is_of_its_months: bool


def verdict_effects(variation: Variation, parts: Sequence[VariationPart], at: datetime) -> dict[str, Any]:
    """Figures from the variation's first month on, before and after; of each target also the latest before.

    Those of a varied target are there whether their verdict moves or not; those that money or an element stands
    behind only where it does.
    """
    judged = {key_of(one.figure): one for part in parts if part.subject == TARGETS.code for one in _of(variation, part)}
    if any(part.subject in (FUNDING.code, ELEMENTS.code) for part in parts):
        judged |= {key_of(one.figure): one for one in _worked_out_anew(variation, parts, judged, at)}
    ordered = sorted(judged.values(), key=lambda one: (one.figure.indicator.position, one.figure.month))
    rows = [_row(one) for one in ordered]
    return {
        "moves": [row for row in rows if row["is_of_its_months"]],
        "latest": [row for row in rows if not row["is_of_its_months"]],
    }


def _of(variation: Variation, part: VariationPart) -> Iterable[Judged]:
    """The figures that a varied target judges, as they are known now."""
    indicator, _, area = part.thing.partition("-")
    try:
        terms = varied(TARGETS.terms(variation.agreement, part.thing), variation.in_force_from, part.values)
    except DoesNotFit:
        return
    first = month_start(variation.in_force_from)
    for figure in _figures(variation, int(indicator), int(area) if area else None):
        if figure.month >= first:
            yield Judged(figure, _by(figure, held_on(terms, month_end(figure.month))), True)
    latest = _latest_before(variation, int(indicator), int(area) if area else None, first)
    for figure in latest:
        yield Judged(figure, _by(figure, held_on(terms, variation.in_force_from)), False)


def _by(figure: Figure, by: Term | None) -> Becomes:
    value, floor = (number(by.values["value"]), number(by.values["floor"])) if by else (None, None)
    judged = verdict(figure.value, value, floor, Polarity(figure.indicator.polarity))
    return Becomes(figure.value, value, floor, judged)


def _worked_out_anew(
    variation: Variation, parts: Sequence[VariationPart], of_targets: Mapping[FigureKey, Judged], at: datetime
) -> Iterator[Judged]:
    """The figures of its months that money or an element stands behind, where that moves their verdict."""
    known = _known(variation.agreement_id, month_start(variation.in_force_from))
    months = sorted({figure.month for figure in known})
    anew = figures_as_varied(variation, parts, months, at) if months else {}
    for figure in known:
        key, then = key_of(figure), _becomes(anew.get(key_of(figure)))
        is_judged = figure.target is not None or (then is not None and then.target is not None)
        is_moved = then is None or (then.verdict, then.target) != (Verdict(figure.verdict), figure.target)
        if (is_judged and is_moved) or (key in of_targets and of_targets[key].is_of_its_months):
            yield Judged(figure, then, True)


def _becomes(figure: Figure | None) -> Becomes | None:
    if figure is None:
        return None
    return Becomes(figure.value, figure.target, figure.floor, Verdict(figure.verdict))


def _known(agreement: int, first: date) -> list[Figure]:
    """The figures known now of `first` and later months, oldest first."""
    rows = Figure.objects.filter(agreement=agreement, month__gte=first, known_until__isnull=True)
    return list(rows.select_related("indicator", "area").defer("sources").order_by("month", "area__position", "pk"))


def _figures(variation: Variation, indicator: int, area: int | None) -> list[Figure]:
    """The figures known now that the target is for, oldest first. An area with a target of its own is left out."""
    rows = Figure.objects.filter(agreement=variation.agreement, indicator=indicator, known_until__isnull=True)
    if area is not None:
        rows = rows.filter(area=area)
    else:
        own = Target.objects.filter(indicator=indicator, area__isnull=False)
        rows = rows.exclude(area__in=own.values("area"))
    return list(rows.select_related("indicator", "area").defer("sources").order_by("month", "area__position", "pk"))


def _latest_before(variation: Variation, indicator: int, area: int | None, first: date) -> list[Figure]:
    held = [one for one in _figures(variation, indicator, area) if one.month < first and one.value is not None]
    last = max((one.month for one in held), default=None)
    return [one for one in held if one.month == last]


def _row(one: Judged) -> dict[str, Any]:
    figure, polarity, before = one.figure, Polarity(one.figure.indicator.polarity), Verdict(one.figure.verdict)
    then = one.then
    said = verdict_in_words(before, figure.target, figure.floor, figure.unit, polarity) or "No verdict"
    after = NO_FIGURE
    if then is not None:
        after = verdict_in_words(then.verdict, then.target, then.floor, figure.unit, polarity) or "No verdict"
    return {
        "name": f"{figure.indicator.name}, {figure.area.name}",
        "month": month_name(figure.month),
        "value": _value(figure, then),
        "target_before": term(figure.target, figure.unit) or "none",
        "target_after": term(then.target, figure.unit) if then and then.target is not None else "none",
        "before": said,
        "before_colour": COLOURS.get(before, "grey"),
        "after": after,
        "after_colour": COLOURS.get(then.verdict, "grey") if then else "grey",
        "is_moved": then is None or then.verdict != before,
        "is_of_its_months": one.is_of_its_months,
    }


def _value(figure: Figure, then: Becomes | None) -> str:
    """The value, and the one that it comes to where money moves it."""
    now = quantity(figure.value, figure.unit) or "Not available"
    if then is None or then.value == figure.value:
        return now
    return f"{now}, then {quantity(then.value, figure.unit) or 'not available'}"
