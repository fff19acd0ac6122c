"""What a saved page of the admin site changed: each row with its old and new values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model
from django.forms import BaseForm, BaseFormSet, ModelChoiceField

from contracts.models import Agreement

Values = dict[str, Any]
HIDDEN = "(not shown)"
SECRETS = frozenset({"password", "password1", "password2"})


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change; `before` is None for a row that was added, `after` for one that was removed."""

    row: Model
    before: Values | None
    after: Values | None

    @property
    def names(self) -> frozenset[str]:
        """The fields that changed."""
        return frozenset({**(self.before or {}), **(self.after or {})})


def change_of(form: BaseForm, *, is_new: bool) -> Change | None:
    """The change that a valid, saved form of one row made; None where it made none."""
    row: Model = form.instance  # type: ignore[attr-defined]  # a form of the admin site is of a row
    if is_new:
        return Change(row, None, values_of(row))
    if not form.changed_data:
        return None
    before = {name: _shown(name, _before(form, name)) for name in form.changed_data}
    return Change(row, before, {name: _shown(name, form.cleaned_data[name]) for name in form.changed_data})


def removals_of(formset: BaseFormSet) -> list[Change]:  # type: ignore[type-arg]  # of any form
    """The rows that a valid formset will take away, as they are stored: the page may have changed them too."""
    numbers = [form.instance.pk for form in formset.deleted_forms if form.instance.pk]
    if not numbers:
        return []
    stored = formset.model._base_manager.filter(pk__in=numbers).order_by("pk")  # type: ignore[attr-defined]  # of rows
    return [Change(row, values_of(row), None) for row in stored]


def changes_of(formset: BaseFormSet) -> list[Change]:  # type: ignore[type-arg]  # of any form
    """The rows that a saved formset changed and added."""
    forms = {id(form.instance): form for form in formset.initial_forms}
    rows = [row for row, _names in formset.changed_objects]  # type: ignore[attr-defined]  # set by saving
    changed = [change_of(forms[id(row)], is_new=False) for row in rows]
    added = [Change(row, None, values_of(row)) for row in formset.new_objects]  # type: ignore[attr-defined]
    return [*(change for change in changed if change), *added]


def values_of(row: Model) -> Values:
    """A row's values by field, links as the text of what they lead to."""
    return {field.name: _shown(field.name, getattr(row, field.name)) for field in row._meta.concrete_fields}


def as_record(main: Model, changes: Iterable[Change]) -> tuple[Values, Values]:
    """The changes as the audit trail keeps them: the page's own fields, and each other row under its name."""
    before: Values = {}
    after: Values = {}
    for change in changes:
        for record, values in ((before, change.before), (after, change.after)):
            if values is not None and change.row is main:
                record.update(values)
            elif values is not None:
                record[f"{change.row._meta.verbose_name} {_key(change)}"] = values
    return before, after


def agreement_of(row: Model | None) -> Agreement | None:
    """The agreement that a row belongs to: by its own field, or by the first link that leads to one."""
    if row is None or isinstance(row, Agreement):
        return row
    for field in links_of(row):
        found = agreement_of(getattr(row, field.name, None))
        if found:
            return found
    return None


def links_of(row: Model | type[Model]) -> list[ForeignKey[Any, Any]]:
    """The links that every row of this kind has, in the order of the model."""
    return [field for field in row._meta.concrete_fields if isinstance(field, ForeignKey) and not field.null]


def first_day_of_range(change: Change) -> date | None:
    """The first day for which a change of a row with days in force makes a difference.

    Only ended, reopened or ended otherwise: from the earlier of the two ends. Anything else: from the earlier of
    the two first days. None where it had or has no first day: for as long as the agreement.
    """
    row: Any = change.row
    before, after = change.before or {}, change.after or {}
    if change.names == {"in_force_until"}:
        ends = (before["in_force_until"], after["in_force_until"])
        days: list[date | None] = [day for day in ends if day is not None]
    else:
        days = [before.get("in_force_from", row.in_force_from), row.in_force_from]
    dated = [day for day in days if day is not None]
    return min(dated) if len(dated) == len(days) else None


def _key(change: Change) -> Any:
    """The row's number; a deleted row's instance has lost it, but its old values have not."""
    return change.row.pk or (change.before or {}).get("id")


def _before(form: BaseForm, name: str) -> Any:
    """A field's old value, as a row where the field is a link."""
    value = form.get_initial_for_field(form.fields[name], name)
    field = form.fields[name]
    if isinstance(field, ModelChoiceField) and value is not None and field.queryset is not None:
        return field.queryset.model._base_manager.filter(pk=value).first() or value
    return value


def _shown(name: str, value: Any) -> Any:
    """A value as the audit trail may keep it: a linked row by its text, a secret not at all."""
    if name in SECRETS:
        return HIDDEN
    return str(value) if isinstance(value, Model) else value


def is_ranged(row: Model) -> bool:
    """Whether rows of this kind hold from a day until a day."""
    return any(field.name == "in_force_from" for field in row._meta.concrete_fields)
