"""The dated terms of a kind of notice, as in force on a day: how long a stage may take, what may be withheld."""

from datetime import date

from django.db.models import Q, QuerySet

from contracts.models import Notice, NoticeKind, NoticeWithholding, StepClock, WithholdingTerm
from contracts.periods import is_in_force


def clock_term(kind: NoticeKind, stage: str, on: date) -> StepClock | None:
    """How long a stage of the kind may take, as in force on the day `on`; None where it has no clock."""
    terms = (term for step in kind.steps.all() if step.stage == stage for term in step.clocks.all())
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)


def withholding_term(kind: NoticeKind, on: date) -> WithholdingTerm | None:
    """What may be withheld under the kind of notice, as in force on the day `on`; None where no term is."""
    terms = kind.withholding_terms.all()
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)


def withholding_terms_on(kind: NoticeKind, on: date) -> QuerySet[WithholdingTerm]:
    """The one term that says what may be withheld under the kind of notice on the day `on`, as a query."""
    ongoing = Q(in_force_until__isnull=True) | Q(in_force_until__gt=on)
    return WithholdingTerm.objects.filter(ongoing, kind=kind, in_force_from__lte=on)


def withheld_under(notice: Notice, on: date) -> NoticeWithholding | WithholdingTerm | None:
    """What the notice withholds, as it was set when it came to that; before it did, the term in force on the day."""
    kept = NoticeWithholding.objects.filter(move__notice=notice).select_related("term", "move").first()
    return kept or withholding_term(notice.kind, on)
