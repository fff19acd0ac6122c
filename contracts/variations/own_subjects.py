"""What this app lets variations change: targets, elements, clocks, withholding and the day that returns are due."""

from decimal import Decimal

from django import forms

from contracts.floors import floor_fault
from contracts.formatting import count_of, ordinal, percent, term
from contracts.models import (
    Agreement,
    ClockUnit,
    NoticeKind,
    NoticeStep,
    Polarity,
    ReturnDueDay,
    ServiceElement,
    StepClock,
    Target,
    WithholdingBasis,
    WithholdingTerm,
)
from contracts.variations.ranges import Values
from contracts.variations.subjects import NONE_GIVEN, Faults, Subject, Thing, Words, add_subject, key_of

NARROW = {"inputmode": "decimal", "class": "govuk-input--width-10"}
PLACES, DIGITS = 4, 14
LARGEST_COUNT, LARGEST_DAY = 250, 60


def add_own_subjects() -> None:
    """Make this app's subjects known."""
    for subject in (TARGETS, ELEMENTS, CLOCKS, WITHHOLDING, DUE_DAYS):
        add_subject(subject)


def number(value: str | int | None) -> Decimal | None:
    """A stored value as a number."""
    return None if value is None else Decimal(value)


def _targets(agreement: Agreement) -> list[Thing]:
    """Each indicator over every area, and each area that has a target of its own."""
    indicators = agreement.indicators.exclude(polarity=Polarity.NONE).order_by("position", "pk")
    by_area = Target.objects.filter(indicator__agreement=agreement, area__isnull=False).select_related("area")
    own: dict[int, dict[int, str]] = {}
    for row in by_area.order_by("area__position"):
        if row.area is not None:
            own.setdefault(row.indicator_id, {})[row.area.pk] = row.area.name
    return [
        Thing(key_of(one.pk, area), f"{one.name}, {name}", one.unit, one.polarity)
        for one in indicators
        for area, name in [(None, "every area"), *own.get(one.pk, {}).items()]
    ]


def _target_fields(thing: Thing) -> dict[str, forms.Field]:
    box = forms.TextInput(attrs=NARROW)
    return {
        "value": forms.DecimalField(
            label=f"New target ({thing.unit})",
            max_digits=DIGITS,
            decimal_places=PLACES,
            min_value=0,
            widget=box,
            error_messages={"required": "Give the new target", "invalid": "Give the new target as a number: 300"},
        ),
        "floor": forms.DecimalField(
            label=f"New floor ({thing.unit})",
            help_text="Red begins beyond it. Leave it empty for none.",
            max_digits=DIGITS,
            decimal_places=PLACES,
            min_value=0,
            required=False,
            widget=box,
            error_messages={"invalid": "Give the new floor as a number, or leave it empty"},
        ),
    }


def _target_faults(thing: Thing, values: Values) -> Faults:
    target = number(values["value"])
    fault = floor_fault(target, number(values["floor"]), thing.polarity) if target is not None else ""
    return {"floor": fault} if fault else {}


def _target_words(thing: Thing, values: Values) -> Words:
    return (("Target", _measured(values["value"], thing)), ("Floor", _measured(values["floor"], thing) or NONE_GIVEN))


def _measured(value: str | int | None, thing: Thing) -> str:
    text = term(number(value), thing.unit)
    return text if not text or thing.unit in {"percent", "pounds"} else f"{text} {thing.unit}"


def _elements(agreement: Agreement) -> list[Thing]:
    return [Thing(key_of(one.pk), one.name) for one in agreement.elements.order_by("position", "pk")]


def _steps(agreement: Agreement) -> list[Thing]:
    rows = NoticeStep.objects.filter(kind__agreement=agreement).select_related("kind")
    return [
        Thing(key_of(one.pk), f"{one.kind.name}: {one.name}")
        for one in rows.order_by("kind__position", "kind_id", "pk")
    ]


def _clock_fields(thing: Thing) -> dict[str, forms.Field]:
    return {
        "count": forms.IntegerField(
            label="How many days or months",
            min_value=1,
            max_value=LARGEST_COUNT,
            widget=forms.TextInput(attrs=NARROW),
            error_messages={"required": "Give the number", "invalid": "Give a whole number from 1 to 250"},
        ),
        "unit": forms.ChoiceField(label="Counted in", choices=ClockUnit.choices, widget=forms.RadioSelect),
    }


def _clock_words(thing: Thing, values: Values) -> Words:
    return (("Time", f"{values['count']} {ClockUnit(str(values['unit'])).label}"),)


def _kinds(agreement: Agreement) -> list[Thing]:
    rows = NoticeKind.objects.filter(agreement=agreement).order_by("position", "pk")
    return [Thing(key_of(one.pk), f"{one.name}: withholding") for one in rows]


def _withholding_fields(thing: Thing) -> dict[str, forms.Field]:
    return {
        "percent": forms.DecimalField(
            label="Percentage withheld",
            min_value=Decimal("0.01"),
            max_value=100,
            max_digits=5,
            decimal_places=2,
            widget=forms.TextInput(attrs=NARROW),
            error_messages={"required": "Give the percentage", "invalid": "Give the percentage as a number: 2"},
        ),
        "basis": forms.ChoiceField(label="Of what", choices=WithholdingBasis.choices, widget=forms.RadioSelect),
        "kept_after_months": forms.IntegerField(
            label="Kept for good after how many months",
            help_text="Leave it empty where whatever is put right is released.",
            required=False,
            min_value=1,
            max_value=LARGEST_DAY,
            widget=forms.TextInput(attrs=NARROW),
            error_messages={"invalid": "Give a whole number of months, or leave it empty"},
        ),
    }


def _withholding_words(thing: Thing, values: Values) -> Words:
    months, of = values["kept_after_months"], WithholdingBasis(str(values["basis"])).label
    kept = f"after {count_of(int(months), 'calendar month')}" if months else "released whenever it is put right"
    return (("Withheld", f"{percent(number(values['percent']), 2)} of {of}"), ("Kept", kept))


def _due_days(agreement: Agreement) -> list[Thing]:
    return [Thing("", "Day that returns are due on")]


def _due_day_fields(thing: Thing) -> dict[str, forms.Field]:
    return {
        "operational_day": forms.IntegerField(
            label="Operational Day after the month",
            min_value=1,
            max_value=LARGEST_DAY,
            widget=forms.TextInput(attrs=NARROW),
            error_messages={"required": "Give the day", "invalid": "Give a whole number from 1 to 60"},
        )
    }


def _due_day_words(thing: Thing, values: Values) -> Words:
    return (("Due", f"{ordinal(int(values['operational_day'] or 0))} Operational Day after the month"),)


TARGETS = Subject(
    code="target",
    name="Target",
    model=Target,
    of_agreement="indicator__agreement",
    links=("indicator_id", "area_id"),
    says=("value", "floor"),
    keeps=(("is_illustrative", "value"), ("floor_is_illustrative", "floor")),
    list_things=_targets,
    fields=_target_fields,
    in_words=_target_words,
    faults=_target_faults,
)
ELEMENTS = Subject(
    code="element",
    name="Service element",
    model=ServiceElement,
    of_agreement="agreement",
    links=("id",),
    says=(),
    list_things=_elements,
    fields=lambda thing: {},
    in_words=lambda thing, values: (("", "part of the agreement"),),
)
CLOCKS = Subject(
    code="clock",
    name="Clock of a notice",
    model=StepClock,
    of_agreement="step__kind__agreement",
    links=("step_id",),
    says=("count", "unit"),
    list_things=_steps,
    fields=_clock_fields,
    in_words=_clock_words,
)
WITHHOLDING = Subject(
    code="withholding",
    name="Withholding",
    model=WithholdingTerm,
    of_agreement="kind__agreement",
    links=("kind_id",),
    says=("percent", "basis", "kept_after_months"),
    list_things=_kinds,
    fields=_withholding_fields,
    in_words=_withholding_words,
)
DUE_DAYS = Subject(
    code="due-day",
    name="Return obligations",
    model=ReturnDueDay,
    of_agreement="agreement",
    links=(),
    says=("operational_day",),
    list_things=_due_days,
    fields=_due_day_fields,
    in_words=_due_day_words,
    moves_due_days=True,
    can_end=False,
)
