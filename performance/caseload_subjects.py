"""Which figures show the caseload that the council's cases are held against.

A figure knows it by its formula: one of its two numbers is that caseload and nothing else, or it takes in the
council's own cases. The caseload is the measure that a case list counts, and those that must be the same as it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from contracts.models import Agreement
from performance.form import RuleKind
from performance.indicators import Aggregation, Part
from performance.lone_measures import OF_ONE_MONTH
from performance.models import Definition, Figure, Measure, MeasureRule, Term

COUNCIL_CASES = "council cases"
# A definition, and the element that its figure is of; None where the definition is of one element by itself.
Subject = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class CaseloadSubjects:
    """The figures that are the caseload itself, and those that have it as one of their numbers."""

    alone: frozenset[Subject]
    within: frozenset[Subject]

    def is_caseload(self, figure: Figure) -> bool:
        """Whether the figure is the caseload itself."""
        return _is_among(figure, self.alone)

    def has_caseload(self, figure: Figure) -> bool:
        """Whether the caseload is the figure or one of its numbers."""
        return _is_among(figure, self.alone) or _is_among(figure, self.within)


NO_SUBJECTS = CaseloadSubjects(frozenset(), frozenset())


def caseload_subjects(agreement: Agreement) -> CaseloadSubjects:
    """The figures of `agreement` that show the caseload. Two queries."""
    measures = list(agreement.measures.annotate(is_caseload=Q(is_counted_by_case_list=True) | _must_be_the_same()))
    terms = Term.objects.filter(definition__indicator__agreement=agreement).select_related("definition")
    alone: set[Subject] = set()
    within: set[Subject] = set()
    for definition, held in groupby(terms.order_by("definition_id", "pk"), lambda term: term.definition):
        own = list(held)
        is_alone = all(term.part == Part.NUMERATOR for term in own)
        (alone if is_alone else within).update(_subjects(definition, own, measures))
        if any(term.source == COUNCIL_CASES for term in own):
            within.add((definition.pk, None))
    return CaseloadSubjects(frozenset(alone), frozenset(within))


def _must_be_the_same() -> Exists:
    rules = MeasureRule.objects.filter(kind=RuleKind.SAME_AS.value)
    counted, here = "is_counted_by_case_list", OuterRef("pk")
    return Exists(
        rules.filter(
            Q(against=here, **{f"measure__{counted}": True}) | Q(measure=here, **{f"against__{counted}": True})
        )
    )


def _subjects(definition: Definition, terms: Sequence[Term], measures: Iterable[Measure]) -> Iterator[Subject]:
    """The figures of a definition one of whose two numbers, in one month, is the caseload and nothing else."""
    if Aggregation(definition.aggregation) not in OF_ONE_MONTH:
        return
    for part in Part:
        of_part = [term for term in terms if term.part == part]
        if len(of_part) == 1 and not of_part[0].is_subtracted:
            yield from _of_term(definition, of_part[0], [one for one in measures if _fits(one, of_part[0])])


def _of_term(definition: Definition, term: Term, fitting: Sequence[Measure]) -> Iterator[Subject]:
    elements = {measure.element_id for measure in fitting}
    for element in elements:
        same = [measure for measure in fitting if measure.element_id == element]
        if len(same) == 1 and vars(same[0])["is_caseload"]:
            yield definition.pk, element if term.is_own_element else None


def _fits(measure: Measure, term: Term) -> bool:
    """Whether a term names a measure; its own element is any."""
    is_of_element = measure.element_id is not None if term.is_own_element else measure.element_id == term.element_id
    return (
        is_of_element
        and (term.source, term.sheet) == ("return", measure.sheet)
        and term.label in ("", measure.label)
        and term.pathway_id in (None, measure.pathway_id)
    )


def _is_among(figure: Figure, subjects: frozenset[Subject]) -> bool:
    definition = figure.definition_id
    return definition is not None and ((definition, None) in subjects or (definition, figure.element_id) in subjects)
