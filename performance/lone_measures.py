"""Which indicators are one measure of one month and nothing else, so that the measure's number is the indicator's."""

from collections.abc import Iterator
from datetime import date

from contracts.models import Agreement
from performance.definitions import formula_of, in_force
from performance.form import Sheet
from performance.indicators import Aggregation, FormulaTerm
from performance.models import Definition, Measure

OF_ONE_MONTH = {Aggregation.MONTH_END, Aggregation.MONTH_TOTAL}


def lone_measures(agreement: Agreement, day: date) -> Iterator[tuple[Definition, Measure]]:
    """The definitions in force on `day` that are one measure of one month and nothing else, each with its measure."""
    definitions = (
        Definition.objects.filter(indicator__agreement=agreement, for_each_element=False)
        .select_related("indicator__element")
        .prefetch_related("terms__element", "terms__pathway")
    )
    # What is said of a number that is an indicator tells how large it is: none of this is said of an Equality count.
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
