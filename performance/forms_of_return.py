"""What an agreement asks of its returns, from the rows an administrator keeps."""

from datetime import date
from decimal import Decimal

from contracts.models import Agreement, PartyRole
from contracts.periods import month_start
from performance.form import AskedArea, AskedMeasure, ReturnForm, Rule, RuleKind, Sheet
from performance.models import Line, Measure, MeasureRule


def form_of(agreement: Agreement) -> ReturnForm:
    """The `ReturnForm` that every return of `agreement` is read and checked against."""
    provider = agreement.parties.select_related("organisation").get(role=PartyRole.PROVIDER)
    areas = agreement.areas.select_related("parent").order_by("position", "pk")
    return ReturnForm(
        agreement=agreement.reference,
        provider=provider.organisation.ods_code,
        first_month=month_start(agreement.starts_on),
        end_month=month_start(agreement.ends_on),
        areas=tuple(AskedArea(a.code, a.name, a.parent.code if a.parent else None) for a in areas),
        measures=tuple(_asked(m) for m in agreement.measures.select_related("element").order_by("position", "pk")),
        rules=tuple(
            Rule(RuleKind(rule.kind), rule.measure_id, rule.against_id)
            for rule in MeasureRule.objects.filter(measure__agreement=agreement).order_by("pk")
        ),
        tolerance=agreement.warning_tolerance,
    )


def form_called(reference: str) -> ReturnForm | None:
    """The form of the agreement called `reference`; None where there is no such agreement."""
    agreement = Agreement.objects.filter(reference=reference).first()
    return form_of(agreement) if agreement else None


def last_accepted_before(agreement: Agreement, month: date) -> dict[tuple[int, str], Decimal]:
    """The values of the last accepted return before `month`, by measure and area; empty where there is none."""
    last = (
        agreement.returns.filter(month__lt=month, versions__state="accepted")
        .order_by("-month")
        .values_list("pk")
        .first()
    )
    if last is None:
        return {}
    lines = Line.objects.filter(version__of_return=last[0], version__state="accepted", value__isnull=False).values_list(
        "measure_id", "area__code", "value"
    )
    return {(measure, area): value for measure, area, value in lines if value is not None}


def _asked(measure: Measure) -> AskedMeasure:
    return AskedMeasure(
        key=measure.pk,
        sheet=Sheet(measure.sheet),
        element=measure.element.name if measure.element else "",
        label=measure.label,
        unit=measure.unit,
        characteristic=measure.characteristic,
        required=measure.is_required,
    )
