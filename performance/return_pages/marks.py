"""Which numbers of a return are an indicator by themselves: where their figure is, and whether they meet its target."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import term
from contracts.models import Agreement, Area, Indicator, Target
from contracts.periods import month_end
from performance.definitions import formula_of, in_force
from performance.form import Sheet
from performance.indicators import Aggregation, FormulaTerm
from performance.models import Definition, Figure, Measure
from performance.verdicts import Polarity, Verdict, verdict

OF_ONE_MONTH = {Aggregation.MONTH_END, Aggregation.MONTH_TOTAL}
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
        for definition, measure in _alone(agreement, day)
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


def _alone(agreement: Agreement, day: date) -> Iterator[tuple[Definition, Measure]]:
    """Definitions in force that are one measure of one month and nothing else."""
    definitions = (
        Definition.objects.filter(indicator__agreement=agreement, for_each_element=False)
        .select_related("indicator__element")
        .prefetch_related("terms__element", "terms__pathway")
    )
    # A mark says that a number misses its target, and so how large it is: none stands at an Equality count.
    measures = list(agreement.measures.exclude(sheet=Sheet.EQUALITY).select_related("element", "pathway"))
    for definition in definitions:
        formula = formula_of(definition)
        if not in_force(definition, day) or formula.aggregation not in OF_ONE_MONTH or formula.denominator:
            continue
        if len(formula.numerator) != 1 or formula.numerator[0].is_subtracted:
            continue
        fitting = [measure for measure in measures if _fits(measure, formula.numerator[0])]
        if len(fitting) == 1:
            yield definition, fitting[0]


def _fits(measure: Measure, of_formula: FormulaTerm) -> bool:
    element = measure.element.code if measure.element else None
    pathway = measure.pathway.code if measure.pathway else None
    return (
        (of_formula.source, measure.sheet, element) == ("return", of_formula.sheet, of_formula.element)
        and of_formula.label in ("", measure.label)
        and of_formula.pathway in (None, pathway)
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
