"""How indicators are worked out, and recorded step changes. An indicator needs no code, only rows here."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from contracts import clock
from contracts.admin.audited import EVERY, AuditedAdmin, Rows
from contracts.admin.changed import Change, agreement_of
from contracts.admin.choices import AdminForm
from contracts.admin.deleting import has_begun
from contracts.admin.ranges import DatedForm
from contracts.models import Agreement, Purpose, User
from performance.form import Sheet
from performance.indicators import Part
from performance.models import Definition, Measure, StepChange, Term
from performance.sources import all_sources

RETURN = "return"
SHOWN_ALONE = ("", Purpose.HEADLINE)


class TermForm(AdminForm):
    """One named sum, with the kinds of input that the portal can read."""

    source = forms.ChoiceField(help_text="Where the input comes from.")

    class Meta:
        model = Term
        fields = ("part", "is_subtracted", "source", "sheet", "element", "is_own_element", "pathway", "label")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "---------"), *((one.name, one.label) for one in all_sources().values())]

    def clean(self) -> dict[str, Any]:
        """Sheet, pathway and label belong to lines of the return, which need their sheet; an element is one or own."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("element") and data.get("is_own_element"):
            self.add_error("is_own_element", "Choose an element, or tick this: not both.")
        if data.get("source") == RETURN and not data.get("sheet"):
            self.add_error("sheet", "Choose the sheet that the lines of the return stand on.")
        if data.get("sheet") == Sheet.EQUALITY:
            self.add_error(
                "sheet", "Choose another sheet: counts on Equality may be of a few children, and never become a figure."
            )
        if data.get("source") not in (None, RETURN):
            for name in ("sheet", "pathway", "label"):
                if data.get(name):
                    self.add_error(name, "Leave this empty: only lines of the return have it.")
        return data

    def _post_clean(self) -> None:
        """A term of the return must name a measure that the agreement asks for; a slip would never have a value."""
        super()._post_clean()
        agreement = agreement_of(self.instance)
        if (
            agreement
            and not self.errors
            and self.instance.source == RETURN
            and not _has_measure(self.instance, agreement)
        ):
            self.add_error("label", "The return has no such line. Compare sheet, element and label with “Measures”.")


def _has_measure(term: Term, agreement: Agreement) -> bool:
    """Whether the agreement's return has a measure that `term` names."""
    named = Measure.objects.filter(agreement=agreement, sheet=term.sheet)
    if not term.is_own_element:
        named = named.filter(element=term.element)
    if term.pathway:
        named = named.filter(pathway=term.pathway)
    return (named.filter(label=term.label) if term.label else named).exists()


class TermRowsOfDefinition(BaseInlineFormSet):  # type: ignore[type-arg]  # of TermForm
    """The sums of one formula."""

    def clean(self) -> None:
        """A formula without a numerator is none."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        if not any(self.errors) and not any(data.get("part") == Part.NUMERATOR for data in kept):
            raise ValidationError("A formula needs at least one term in its numerator.")


class TermRows(Rows):
    """The named sums: numerator over denominator, or the numerator alone."""

    model = Term
    form = TermForm
    formset = TermRowsOfDefinition
    template = "admin/edit_inline/stacked.html"
    ordering = ("pk",)
    fields = (("part", "source", "is_subtracted"), ("sheet", "element", "is_own_element"), ("pathway", "label"))


class DefinitionForm(DatedForm):
    """A formula that gives the pages what they use its indicator for."""

    def clean(self) -> dict[str, Any]:
        """An indicator that pages show beside each element has a figure for each."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        indicator = data.get("indicator")
        if indicator and indicator.purpose not in SHOWN_ALONE and not data.get("for_each_element"):
            self.add_error(
                "for_each_element",
                f"Tick this: pages show “{indicator.get_purpose_display()}” beside each element.",
            )
        return data


@admin.register(Definition)
class DefinitionAdmin(AuditedAdmin):
    """Formulas, each in force from a day. One that has begun is ended, not deleted."""

    form = DefinitionForm
    inlines = (TermRows,)
    list_display = ("indicator", "aggregation", "for_each_element", "by_area", "in_force_from", "in_force_until")
    list_filter = ("indicator__agreement", "aggregation", "for_each_element", "by_area")
    list_select_related = ("indicator",)
    search_fields = ("indicator__name", "indicator__code", "indicator__agreement__reference", "note")
    autocomplete_fields = ("indicator",)
    ordering = ("indicator__agreement__reference", "indicator__position", "in_force_from")
    fieldsets = (
        (None, {"fields": ("indicator", "aggregation", ("for_each_element", "by_area"))}),
        ("In force", {"fields": (("in_force_from", "in_force_until"), "note")}),
    )
    figures_rest_on = {Definition: EVERY, Term: EVERY}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what has not begun is deleted."""
        return super().has_delete_permission(request, obj) and not (obj is not None and has_begun(obj))

    def concerned_from(self, change: Change, agreement: Agreement | None) -> date | None:
        """A term holds as long as its formula."""
        first: date | None = super().concerned_from(change, agreement)
        if isinstance(change.row, Term):
            first = change.row.definition.in_force_from
        return first


@admin.register(StepChange)
class StepChangeAdmin(AuditedAdmin):
    """Somebody's decisions that a measure moved to a new level; who and when are the portal's to say."""

    list_display = ("indicator", "month", "reason", "recorded_by", "recorded_at")
    list_filter = ("indicator__agreement",)
    list_select_related = ("indicator", "recorded_by")
    search_fields = ("indicator__name", "reason", "recorded_by__name")
    autocomplete_fields = ("indicator",)
    readonly_fields = ("recorded_by", "recorded_at")
    ordering = ("-month",)
    fieldsets = ((None, {"fields": ("indicator", "month", "reason")}), ("Recorded", {"fields": readonly_fields}))
    figures_rest_on = {StepChange: EVERY}

    def save_model(self, request: HttpRequest, obj: StepChange, form: Any, change: bool) -> None:
        """Whoever records it, or changes what is recorded, answers for it."""
        assert isinstance(request.user, User)  # the admin site lets nobody in who has not signed in
        obj.recorded_by, obj.recorded_at = request.user, clock.now()
        super().save_model(request, obj, form, change)

    def concerned_from(self, change: Change, agreement: Agreement | None) -> date | None:
        """From the earlier of the old and the new month on."""
        assert isinstance(change.row, StepChange)
        months: list[date] = [change.row.month, (change.before or {}).get("month", change.row.month)]
        return min(months)
