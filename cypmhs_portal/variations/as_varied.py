"""Figures as they would be worked out with a variation in place: by the same workings, and nothing is saved."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from contracts.models import Variation, VariationPart
from contracts.variations.own_subjects import ELEMENTS, TARGETS
from contracts.variations.ranges import DoesNotFit, change_of
from contracts.variations.subjects import Subject
from funding.queries.funding_lines import funding_lines
from funding.sources import money_answers
from funding.varying import FUNDING
from performance.models import Figure
from performance.recompute import FigureKey, Workings, key_of


def figures_as_varied(
    variation: Variation, parts: Sequence[VariationPart], months: Sequence[date], at: datetime
) -> dict[FigureKey, Figure]:
    """The figures of `months`, by what they are of, of the indicators that have a target; by what is known `at`."""
    workings = Workings(variation.agreement, months, at)
    workings.targets = rows_as_varied(TARGETS, workings.targets, variation, parts)
    judged = {one.indicator_id for one in workings.targets}
    workings.definitions = [one for one in workings.definitions if one.indicator_id in judged]
    elements = {one.pk: one for one in rows_as_varied(ELEMENTS, workings.elements, variation, parts)}
    for definition in workings.definitions:
        if definition.indicator.element_id is not None:
            definition.indicator.element = elements[definition.indicator.element_id]
    lines = rows_as_varied(FUNDING, funding_lines(variation.agreement), variation, parts)
    for line in lines:
        line.element = elements[line.element_id] if line.element_id is not None else None
    workings.answers |= money_answers(variation.agreement, lines)
    return {key_of(figure): figure for figure in workings.figures()}


def rows_as_varied(
    subject: Subject, rows: Iterable[Any], variation: Variation, parts: Iterable[VariationPart]
) -> list[Any]:
    """A subject's rows with the parts in place, some changed and some new, not saved. A part that does not fit waits.

    It is said beside the part that it does not fit; its terms stay as they are agreed.
    """
    held = list(rows)
    for part in parts:
        if part.subject != subject.code:
            continue
        own = [row for row in held if subject.key_of_row(row) == part.thing]
        try:
            change = change_of([subject.term_of(row) for row in own], variation.in_force_from, part.values)
        except DoesNotFit:
            continue
        for row in own:
            if change.ended is not None and row.pk == change.ended.row:
                row.in_force_until = variation.in_force_from
        if change.begins is not None:
            held.append(subject.row_of(variation.agreement, part.thing, change, source=str(variation)))
    return held
