"""Trying to write what the database refuses: a row once more, or a row changed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Model

from contracts.models import Agreement, Area, Pathway, ServiceElement, Stage
from tests.kent import Kent

Row = TypeVar("Row", bound=Model)
# What breaks each constraint and trigger, by its name.
Refusals = Mapping[str, Callable[[Kent], object]]


def again(row: Row, **changes: object) -> Row:
    """Insert a copy of a row, with some fields changed."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk = None
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def changed(row: Row, **changes: object) -> Row:
    """Change some fields of a row that there is."""
    assert type(row)._default_manager.filter(pk=row.pk).update(**changes) == 1
    row.refresh_from_db()
    return row


def first(model: type[Row], **of: object) -> Row:
    """The first row of a model, or of those that are so; it is an error if there is none."""
    return type_checked(model._default_manager.filter(**of).order_by("pk").first(), model)


def type_checked(row: Model | None, model: type[Row]) -> Row:
    assert isinstance(row, model), f"There is no row of {model.__name__} to try this with."
    return row


def elsewhere(kent: Kent) -> Agreement:
    """Another agreement, with nothing in it."""
    return again(kent.agreement, reference="OTHER-S75")


def area_elsewhere(kent: Kent) -> Area:
    """An area of another agreement."""
    return Area.objects.create(agreement=elsewhere(kent), code="elsewhere", name="Elsewhere")


def element_elsewhere(kent: Kent) -> ServiceElement:
    """An element of another agreement."""
    return ServiceElement.objects.create(
        agreement=elsewhere(kent),
        code="elsewhere",
        name="Elsewhere",
        short_name="Elsewhere",
        stage=Stage.CLINICAL,
        in_force_from=date(2018, 4, 1),
    )


def pathway_elsewhere(kent: Kent) -> Pathway:
    """A pathway of another agreement."""
    return Pathway.objects.create(agreement=elsewhere(kent), code="elsewhere", name="Elsewhere")
