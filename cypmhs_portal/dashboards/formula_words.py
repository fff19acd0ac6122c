"""A formula as a sentence, and its sum with the numbers put in."""

from contracts.formatting import number_in, plain
from contracts.models import Unit
from performance.indicators import Part
from performance.models import Definition, Figure, Term
from performance.sources import all_sources


def formula_in_words(definition: Definition) -> str:
    """ "Caseload at month end of Support to Early Help Units", "A less B ÷ C", with the months it takes in."""
    terms = definition.terms.select_related("element", "pathway").order_by("pk")
    top = _side([term for term in terms if term.part == Part.NUMERATOR])
    bottom = _side([term for term in terms if term.part == Part.DENOMINATOR])
    formula = f"{top} ÷ {bottom}" if bottom else top
    return f"{formula}. {definition.get_aggregation_display()}."


def sum_in_words(figure: Figure) -> str:
    """ "191 ÷ 13,783 = 1.4%": the stored numbers with the value they come to."""
    if figure.value is None or figure.denominator is None:
        return ""
    percent = " × 100" if figure.unit == Unit.PERCENT else ""
    value = number_in(figure.value, figure.unit)
    return f"{plain(figure.numerator)} ÷ {plain(figure.denominator)}{percent} = {value}"


def _side(terms: list[Term]) -> str:
    words = ""
    for term in terms:
        joined = " less " if term.is_subtracted else " plus "
        words += (joined if words else "") + _name(term)
    return words


def _name(term: Term) -> str:
    if term.source != "return":
        source = all_sources().get(term.source)
        return source.label if source else term.source
    what = term.pathway.name if term.pathway else term.label or f"all of sheet {term.sheet}"
    if term.pathway or term.sheet == "Caseload by pathway":
        return f"caseload by pathway: {what}"
    element = "the element" if term.is_own_element else term.element.name if term.element else "the whole service"
    return f"{what} of {element}"
