"""Which verdicts a variation of targets moves: figures of its own months, and the latest as it would be judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.formatting import month_name, quantity, term
from contracts.models import Target, Variation, VariationPart
from contracts.periods import month_end, month_start
from contracts.variations.own_subjects import TARGETS, number
from contracts.variations.ranges import DoesNotFit, Term, held_on, varied
from performance.models import Figure
from performance.verdict_words import verdict_in_words
from performance.verdicts import Polarity, Verdict, verdict

COLOURS = {Verdict.GREEN: "green", Verdict.AMBER: "yellow", Verdict.RED: "red"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure and what it is judged by once the variation holds."""

    figure: Figure
    by: Term | None
    is_of_its_months: bool


def verdict_effects(variation: Variation, parts: Sequence[VariationPart]) -> dict[str, Any]:
    """Every figure from the variation's first month on, and of each target the latest before, before and after."""
    judged = [one for part in parts if part.subject == TARGETS.code for one in _judged(variation, part)]
    rows = [_row(one) for one in sorted(judged, key=lambda one: (one.figure.indicator.position, one.figure.month))]
    return {
        "moves": [row for row in rows if row["is_of_its_months"]],
        "latest": [row for row in rows if not row["is_of_its_months"]],
    }


def _judged(variation: Variation, part: VariationPart) -> Iterable[Judged]:
    indicator, _, area = part.thing.partition("-")
    try:
        terms = varied(TARGETS.terms(variation.agreement, part.thing), variation.in_force_from, part.values)
    except DoesNotFit:
        return
    first = month_start(variation.in_force_from)
    for figure in _figures(variation, int(indicator), int(area) if area else None):
        if figure.month >= first:
            yield Judged(figure, held_on(terms, month_end(figure.month)), True)
    latest = _latest_before(variation, int(indicator), int(area) if area else None, first)
    for figure in latest:
        yield Judged(figure, held_on(terms, variation.in_force_from), False)


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
    figure, polarity = one.figure, Polarity(one.figure.indicator.polarity)
    value, floor = (number(one.by.values["value"]), number(one.by.values["floor"])) if one.by else (None, None)
    after = verdict(figure.value, value, floor, polarity)
    before = Verdict(figure.verdict)
    return {
        "name": f"{figure.indicator.name}, {figure.area.name}",
        "month": month_name(figure.month),
        "value": quantity(figure.value, figure.unit) or "Not available",
        "target_before": term(figure.target, figure.unit) or "none",
        "target_after": term(value, figure.unit) or "none",
        "before": verdict_in_words(before, figure.target, figure.floor, figure.unit, polarity) or "No verdict",
        "before_colour": COLOURS.get(before, "grey"),
        "after": verdict_in_words(after, value, floor, figure.unit, polarity) or "No verdict",
        "after_colour": COLOURS.get(after, "grey"),
        "is_moved": after != before,
        "is_of_its_months": one.is_of_its_months,
    }
