"""A formula as a sentence, and its sum with the numbers put in."""

from dataclasses import dataclass

from contracts.formatting import number_in, plain
from contracts.models import Unit
from performance.indicators import Part
from performance.models import Definition, Figure, Term
from performance.sources import all_sources


@dataclass(frozen=True, slots=True)
class FormulaInWords:
    """A formula as a sentence, its two parts, and which version of the indicator's formula it is, counted from 1."""

    sentence: str
    numerator: str
    denominator: str
    version: int


def formula_in_words(definition: Definition) -> FormulaInWords:
    """ "Caseload at month end of Support to Early Help Units", "(A less B) ÷ C", with the months it takes in."""
    terms = definition.terms.select_related("element", "pathway").order_by("pk")
    top = [_joined(term) for term in terms if term.part == Part.NUMERATOR]
    bottom = [_joined(term) for term in terms if term.part == Part.DENOMINATOR]
    formula = f"{_in_brackets(top)} ÷ {_in_brackets(bottom)}" if bottom else _side(top)
    held = Definition.objects.filter(indicator=definition.indicator_id, in_force_from__lte=definition.in_force_from)
    sentence = f"{formula}. {definition.get_aggregation_display()}."
    return FormulaInWords(sentence, _side(top), _side(bottom), held.count())


def sum_in_words(figure: Figure) -> str:
    """ "191 ÷ 13,783 = 1.4%": the stored numbers with the value they come to."""
    if figure.value is None or figure.denominator is None:
        return ""
    percent = " × 100" if figure.unit == Unit.PERCENT else ""
    value = number_in(figure.value, figure.unit)
    return f"{plain(figure.numerator)} ÷ {plain(figure.denominator)}{percent} = {value}"


def _side(parts: list[tuple[str, str]]) -> str:
    """ "A plus B less C" from each name with the word before it; the first needs none unless it is taken away."""
    words = " ".join(f"{sign} {name}" for sign, name in parts)
    return words.removeprefix("plus ")


def _in_brackets(parts: list[tuple[str, str]]) -> str:
    return f"({_side(parts)})" if len(parts) > 1 else _side(parts)


def _joined(term: Term) -> tuple[str, str]:
    return ("less" if term.is_subtracted else "plus", _name(term))


def _name(term: Term) -> str:
    if term.source != "return":
        source = all_sources().get(term.source)
        return source.label if source else term.source
    what = term.pathway.name if term.pathway else term.label or f"all of sheet {term.sheet}"
    if term.pathway or term.sheet == "Caseload by pathway":
        return f"caseload by pathway: {what}"
    element = "the element" if term.is_own_element else term.element.name if term.element else "the whole service"
    return f"{what} of {element}"
