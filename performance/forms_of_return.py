"""What an agreement asks of its returns, from the rows an administrator keeps."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.agreement_months import months_of
from contracts.models import Agreement, PartyRole
from performance.form import AskedArea, AskedMeasure, ReturnForm, Rule, RuleKind, Sheet, months_asked
from performance.models import Line, Measure, MeasureRule, Return, State


def form_of(agreement: Agreement) -> ReturnForm | None:
    """The `ReturnForm` that every return of `agreement` is read and checked against.

    None for an agreement that is only half entered: without a provider or areas no return can be judged.
    """
    provider = agreement.parties.select_related("organisation").filter(role=PartyRole.PROVIDER).first()
    areas = list(agreement.areas.select_related("parent").order_by("position", "pk"))
    if provider is None or all(area.parent for area in areas):
        return None
    months = months_of(agreement)
    return ReturnForm(
        agreement=agreement.reference,
        provider=provider.organisation.ods_code,
        first_month=months.first,
        end_month=months.end,
        areas=tuple(AskedArea(a.code, a.name, a.parent.code if a.parent else None) for a in areas),
        measures=tuple(_asked(m) for m in agreement.measures.select_related("element").order_by("position", "pk")),
        rules=tuple(
            Rule(RuleKind(rule.kind), rule.measure_id, rule.against_id)
            for rule in MeasureRule.objects.filter(measure__agreement=agreement).order_by("pk")
        ),
        tolerance=agreement.warning_tolerance,
    )


@dataclass(frozen=True, slots=True)
class EarlierReturn:
    """The last accepted return before a month: its month, its values by measure and area, and what it gave a reason
    for instead."""

    month: date | None
    values: dict[tuple[int, str], Decimal]
    unreported: frozenset[tuple[int, str]] = frozenset()


def last_return_accepted_before(agreement: Agreement, month: date) -> Return | None:
    """The latest return before `month` that has an accepted version."""
    return agreement.returns.filter(month__lt=month, versions__state=State.ACCEPTED).order_by("-month").first()


def last_accepted_before(agreement: Agreement, month: date) -> EarlierReturn:
    """What a return of `month` is compared with; without values where no earlier one was accepted.

    Equality counts are left out: most are so small that any change of them is above any tolerance.
    """
    earlier = last_return_accepted_before(agreement, month)
    if earlier is None:
        return EarlierReturn(None, {})
    lines = list(
        Line.objects.filter(version__of_return=earlier, version__state=State.ACCEPTED)
        .exclude(measure__sheet=Sheet.EQUALITY)
        .values_list("measure_id", "area__code", "value")
    )
    return EarlierReturn(
        earlier.month,
        {(measure, area): value for measure, area, value in lines if value is not None},
        frozenset((measure, area) for measure, area, value in lines if value is None),
    )


def _asked(measure: Measure) -> AskedMeasure:
    element = measure.element
    first_month, end_month = months_asked(
        (measure.in_force_from, measure.in_force_until),
        (element.in_force_from, element.in_force_until) if element else (None, None),
    )
    return AskedMeasure(
        key=measure.pk,
        sheet=Sheet(measure.sheet),
        element=element.name if element else "",
        label=measure.label,
        unit=measure.unit,
        characteristic=measure.characteristic,
        required=measure.is_required,
        first_month=first_month,
        end_month=end_month,
    )
