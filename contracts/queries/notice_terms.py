"""The dated terms of a notice's kind, as in force on a day: how long a stage may take, what may be withheld."""

from datetime import date

from django.db.models import Q

from contracts.models import Notice, StepClock, WithholdingTerm


def clock_term(notice: Notice, stage: str, on: date) -> StepClock | None:
    """How long `stage` of the notice may take, as in force on the day `on`; None where no term is."""
    terms = StepClock.objects.filter(_ongoing(on), step__kind=notice.kind_id, step__stage=stage)
    return terms.filter(in_force_from__lte=on).first()


def withholding_term(notice: Notice, on: date) -> WithholdingTerm | None:
    """What may be withheld under the notice, as in force on the day `on`; None where no term is."""
    return WithholdingTerm.objects.filter(_ongoing(on), kind=notice.kind_id, in_force_from__lte=on).first()


def _ongoing(on: date) -> Q:
    return Q(in_force_until__isnull=True) | Q(in_force_until__gt=on)
