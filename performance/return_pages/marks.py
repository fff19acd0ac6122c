"""Which numbers of a return are an indicator by themselves: where their figure is, and whether they meet its target."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import term
from contracts.models import Agreement, Area, Indicator, Target
from contracts.periods import month_end
from performance.definitions import in_force
from performance.lone_measures import lone_measures
from performance.models import Figure
from performance.verdicts import Polarity, Verdict, verdict

WHOLE_SERVICE = "whole"
Place = tuple[int, int]
"""A measure's key and an area's key."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a number of the return is called as a figure; `has_figure` where that is worked out already."""

    indicator: str
    element: str
    area: str
    unit: str
    polarity: Polarity
    target: Decimal | None
    floor: Decimal | None
    has_figure: bool

    def missed(self, value: Decimal | None) -> str:
        """What of the target `value` misses: "Below target of 300"; empty where it misses nothing."""
        if verdict(value, self.target, self.floor, self.polarity) not in (Verdict.RED, Verdict.AMBER):
            return ""
        side = {Polarity.HIGHER: "Below target of", Polarity.LOWER: "Above target of"}
        return f"{side.get(self.polarity, 'Not at the target of')} {term(self.target, self.unit)}"


def marks_of(agreement: Agreement, month: date, *, has_figures: bool) -> dict[Place, Mark]:
    """The marks of a month's return by measure and area; `has_figures` only for the version that figures are of."""
    day = month_end(month)
    areas = list(agreement.areas.all())
    targets = [t for t in Target.objects.filter(indicator__agreement=agreement) if in_force(t, day)]
    known = _known_figures(agreement, month) if has_figures else set()
    return {
        (measure.pk, area.pk): _mark(definition.indicator, area, targets, known)
        for definition, measure in lone_measures(agreement, day)
        for area in areas
        if definition.by_area or area.parent_id is None
    }


def _mark(indicator: Indicator, area: Area, targets: Iterable[Target], known: set[Place]) -> Mark:
    """`known` are the indicators and areas that have a figure."""
    target = _target(targets, indicator.pk, area.pk)
    return Mark(
        indicator=indicator.code,
        element=indicator.element.code if indicator.element else WHOLE_SERVICE,
        area=area.code,
        unit=indicator.unit,
        polarity=Polarity(indicator.polarity),
        target=target.value if target else None,
        floor=target.floor if target else None,
        has_figure=(indicator.pk, area.pk) in known,
    )


def _target(targets: Iterable[Target], indicator: int, area: int) -> Target | None:
    """The area's own target before one for every area."""
    held: Mapping[int | None, Target] = {t.area_id: t for t in targets if t.indicator_id == indicator}
    return held.get(area) or held.get(None)


def _known_figures(agreement: Agreement, month: date) -> set[tuple[int, int]]:
    return set(
        Figure.objects.filter(agreement=agreement, month=month, known_until__isnull=True).values_list(
            "indicator_id", "area_id"
        )
    )
