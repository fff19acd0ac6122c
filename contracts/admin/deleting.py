"""What may be deleted in the admin site, and the sentence that says why something may not.

Django would name every row that rests on the one to be deleted: thousands of figures for an area. Here they are
counted by kind.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import PROTECT, Model
from django.utils.text import get_text_list

from contracts import clock
from contracts.formatting import count_of


def has_begun(row: Any) -> bool:
    """Whether a row has been in force for a day: then it is ended, not deleted."""
    return bool(row.in_force_from <= clock.today())


def held_by(row: Model) -> list[str]:
    """What rests on a row and keeps it from being deleted, counted by kind: "24 figures"."""
    found = []
    for relation in row._meta.related_objects:
        if relation.on_delete is not PROTECT:
            continue
        kind: Any = relation.related_model
        number = kind._base_manager.filter(**{relation.field.name: row}).count()
        if number:
            found.append(count_of(number, str(kind._meta.verbose_name), str(kind._meta.verbose_name_plural)))
    return found


def refusal_to_delete(row: Model, held: list[str]) -> str:
    """Why a row stays."""
    return f"“{row}” stays, because {get_text_list(held, 'and')} would lose what they rest on."


def refuse_held(form: Any) -> None:
    """Refuse the deletion of a row of a table on which others rest; stands in for Django's own check."""
    if form.cleaned_data.get("DELETE") and form.instance.pk:
        held = held_by(form.instance)
        if held:
            raise ValidationError(refusal_to_delete(form.instance, held))
