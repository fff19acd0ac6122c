"""What the models promise: nothing goes with another row unless it says why, and no clever model code."""

import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Model
from django.dispatch import Signal

MODELS: list[type[Model]] = [
    model for app in ("contracts", "performance", "funding") for model in apps.get_app_config(app).get_models()
]
# Rows that go with the row they are part of. The model says why, beside the field.
CASCADES = {
    "contracts.Discussion.decision": "a line of the record of decision",
    "contracts.Membership.user": "part of the person; people who acted are protected",
    "performance.Term.definition": "part of the formula",
}


def foreign_keys() -> dict[str, "models.ForeignKey[Model, Model]"]:
    return {
        f"{model._meta.label}.{field.name}": field
        for model in MODELS
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
    }


def rule_of(field: "models.ForeignKey[Model, Model]") -> object:
    """What becomes of the row when the one it points at is deleted."""
    return field.remote_field.on_delete


def test_a_row_that_is_pointed_at_is_not_deleted() -> None:
    rules = {name: rule_of(field) for name, field in foreign_keys().items()}
    assert {name for name, rule in rules.items() if rule is not models.PROTECT} == CASCADES.keys()
    assert {rules[name] for name in CASCADES} == {models.CASCADE}


def test_each_cascade_says_why_in_the_model() -> None:
    sources = {Path(inspect.getfile(model)) for model in MODELS}
    said = sum(path.read_text().count("# CASCADE: ") for path in sources)
    assert said == len(CASCADES)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_is_plain(model: type[Model]) -> None:
    assert model._meta.ordering == [], "a page or a query says how it orders"
    assert "save" not in vars(model)
    assert "delete" not in vars(model)
    assert model.__str__ is not Model.__str__
    assert [base for base in model.__mro__[1:] if getattr(base, "_meta", None) and base in MODELS] == []


def test_no_signal_carries_domain_logic() -> None:
    signals = {name: signal for name, signal in vars(models.signals).items() if isinstance(signal, Signal)}
    ours = {
        name: receiver
        for name, signal in signals.items()
        for _, receiver, *_ in signal.receivers
        if _module_of(receiver).partition(".")[0] in {"contracts", "performance", "funding", "cypmhs_portal"}
    }
    assert ours == {}


def _module_of(receiver: object) -> str:
    """Where a receiver comes from; it may be held by a weak reference."""
    held = receiver() if type(receiver).__name__ in {"ReferenceType", "WeakMethod", "weakref"} else receiver  # type: ignore[operator]
    return str(getattr(held, "__module__", ""))


def test_money_and_counts_are_never_floats() -> None:
    floats = [f"{model._meta.label}.{field.name}" for model in MODELS for field in model._meta.fields
              if isinstance(field, models.FloatField)]  # fmt: skip
    assert floats == []
