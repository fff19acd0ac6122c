"""What an agreement asks of the case list that goes with a return, from the rows an administrator keeps."""

from datetime import date

from contracts.models import Agreement
from performance.case_list.shapes import CountedMeasure, ListTerms
from performance.form import ReturnForm


def list_terms(agreement: Agreement, form: ReturnForm, month: date | None, today: date) -> ListTerms:
    """The terms of the list of `month`: the caseloads it counts, where they are asked for, and the areas' parts."""
    asked = {one.key for one in form.measures if month is None or one.is_asked_in(month)}
    counted = agreement.measures.filter(is_counted_by_case_list=True, pathway__isnull=False)
    return ListTerms(
        pattern=agreement.case_reference_pattern,
        counted=tuple(
            CountedMeasure(measure.pk, measure.label, measure.pathway.code, measure.pathway.name)
            for measure in counted.select_related("pathway").order_by("position", "pk")
            if measure.pathway and measure.pk in asked
        ),
        areas=form.parts,
        month=month,
        today=today,
    )
