"""The dated terms of a notice's kind, as in force on a day: how long a stage may take, what may be withheld."""

from datetime import date

from django.db.models import Q, QuerySet

from contracts.models import Notice, NoticeWithholding, StepClock, WithholdingTerm


def clock_term(notice: Notice, stage: str, on: date) -> StepClock | None:
    """How long `stage` of the notice may take, as in force on the day `on`; None where no term is."""
    terms = StepClock.objects.filter(_ongoing(on), step__kind=notice.kind_id, step__stage=stage)
    return terms.filter(in_force_from__lte=on).first()


def withholding_term(notice: Notice, on: date) -> WithholdingTerm | None:
    """What may be withheld under the notice, as in force on the day `on`; None where no term is."""
    return withholding_terms_on(notice, on).first()


def withholding_terms_on(notice: Notice, on: date) -> QuerySet[WithholdingTerm]:
    """The one term that says what may be withheld under the notice on the day `on`, as a query."""
    return WithholdingTerm.objects.filter(_ongoing(on), kind=notice.kind_id, in_force_from__lte=on)


def withheld_under(notice: Notice, on: date) -> NoticeWithholding | WithholdingTerm | None:
    """What the notice withholds, as it was set when it came to that; before it did, the term in force on the day."""
    kept = NoticeWithholding.objects.filter(move__notice=notice).select_related("term", "move").first()
    return kept or withholding_term(notice, on)


def _ongoing(on: date) -> Q:
    return Q(in_force_until__isnull=True) | Q(in_force_until__gt=on)
