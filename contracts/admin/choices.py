"""What the admin site lets a link lead to: things of the same agreement, looked up once a page."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import ForeignKey, Model
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from contracts.admin.changed import agreement_of, links_of
from contracts.models import Agreement

# The portal's own pages draw fields in their style; the admin site keeps Django's.
PLAIN_FIELDS = DjangoTemplates()


class PlainDecimalField(forms.DecimalField):
    """A number shown as somebody would write it, 300 and not 300.0000, in a field of text."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """The stored number without the zeros of its column."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class AdminForm(forms.ModelForm):  # type: ignore[type-arg]  # of any row
    """A form of one row that refuses a link to a thing of another agreement."""

    default_renderer = PLAIN_FIELDS

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own step after clean(), not in the stubs
        own = agreement_of(self.instance)
        if own is None:
            return
        for name in self.fields:
            linked = self.cleaned_data.get(name)
            other = agreement_of(linked) if isinstance(linked, Model) else None
            if other and other.pk != own.pk:
                self.add_error(name, f"“{linked}” belongs to {other}. Choose one that belongs to {own}.")


class ChoicesWithinAgreement(BaseModelAdmin):  # type: ignore[type-arg]  # of any row
    """Limits links to the agreement of the page, and reads their choices once for all rows of it.

    `choices_with` names what the text of a choice reads beside its own row.
    """

    choices_with: dict[str, tuple[str, ...]] = {}

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """The field of a link, with only the choices that fit."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        is_own_page = db_field.related_model is getattr(self, "parent_model", None)
        if field is None or field.queryset is None or is_own_page:
            return field
        if db_field.name in self.get_autocomplete_fields(request):
            return field
        field.queryset = field.queryset.select_related(*self.choices_with.get(db_field.name, ()))
        if _belongs_to_agreement(field.queryset.model):
            _limit(field, agreement_in_question(request, getattr(self, "parent_model", self.model)))
        else:
            field.choices = _read_once(field)
        return field


def agreement_in_question(request: HttpRequest, model: type[Model]) -> Agreement | None:
    """The agreement that a page about a `model` row is of: of the row there is, or as the page's data names it.

    None where it is not known yet.
    """
    key = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
    if key is not None:
        return agreement_of(model._base_manager.filter(pk=key).first()) if key.isdecimal() else None
    given = request.POST or request.GET
    for field in links_of(model):
        linked = field.related_model
        number = given.get(field.name, "")
        if number.isdecimal() and isinstance(linked, type):
            found = agreement_of(linked._base_manager.filter(pk=number).first())
            if found:
                return found
    return sole_agreement()


def sole_agreement() -> Agreement | None:
    """The agreement, where the portal holds just one."""
    first_two = list(Agreement.objects.order_by("pk")[:2])
    return first_two[0] if len(first_two) == 1 else None


def _belongs_to_agreement(model: type[Model]) -> bool:
    return any(field.related_model is Agreement for field in links_of(model))


def _limit(field: "forms.ModelChoiceField[Any]", agreement: Agreement | None) -> None:
    assert field.queryset is not None
    if agreement is not None:
        field.queryset = field.queryset.filter(agreement=agreement)
        field.choices = _read_once(field)
        return
    groups: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for row in field.queryset.select_related("agreement", *_followed(field)):
        groups[str(row.agreement)].append((row.pk, str(row)))
    empty = [("", field.empty_label or "")] if field.empty_label is not None else []
    field.choices = [*empty, *sorted(groups.items())]


def _read_once(field: "forms.ModelChoiceField[Any]") -> list[tuple[Any, str]]:
    """The choices as a list: Django would read them again for each row of a table."""
    choices: Any = field.choices
    return [choice for choice in choices]  # noqa: C416  # list() would count them first, with a query of its own


def _followed(field: "forms.ModelChoiceField[Any]") -> tuple[str, ...]:
    """What the field's queryset already reads with its rows."""
    assert field.queryset is not None
    followed = field.queryset.query.select_related
    return tuple(followed) if isinstance(followed, dict) else ()
