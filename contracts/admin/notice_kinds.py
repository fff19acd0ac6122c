"""Kinds of contract notice with the stages that each goes through, and what may be withheld under it.

A kind is added here without code. Its stages come first; how long each may take stands on the stage's own page.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from contracts import clock
from contracts.admin.audited import AuditedAdmin, Rows, actor_of
from contracts.admin.checked_terms import CheckedTermRowForm, TermRangeRows
from contracts.formatting import count_of
from contracts.models import NoticeKind, NoticeStep, StepClock, WithholdingTerm


class StepRowsSet(BaseInlineFormSet):  # type: ignore[type-arg]  # of any row
    """The stages of one kind."""

    def clean(self) -> None:
        """Refuse to take a stage away from notices that go through it, or may."""
        super().clean()
        number = self.instance.notices.count() if self.instance.pk else 0
        for form in self.deleted_forms:
            if form.instance.pk and number:
                raise ValidationError(
                    f"“{form.instance.name}” stays, because {count_of(number, 'notice')} of this kind "
                    f"{'goes' if number == 1 else 'go'} through its stages. For a contract with other stages, add "
                    "another kind."
                )


class StepRows(Rows):
    """What notices of the kind go through, as the contract calls it."""

    model = NoticeStep
    formset = StepRowsSet
    ordering = ("pk",)
    extra = 3
    show_change_link = True
    verbose_name_plural = "stages (how long each may take stands on its own page, once it is saved)"


class WithholdingRangeRows(TermRangeRows):
    """What may be withheld under one kind."""

    same = ()
    constraint = "withholding_terms_of_a_kind_do_not_overlap"


class WithholdingForm(CheckedTermRowForm):
    """A term of withholding."""

    kept = ("percent", "basis", "kept_after_months", "in_force_from")


class WithholdingRows(Rows):
    """What may be withheld, one term after the other."""

    model = WithholdingTerm
    form = WithholdingForm
    formset = WithholdingRangeRows
    ordering = ("in_force_from",)
    fields = (
        "percent",
        "basis",
        "kept_after_months",
        "in_force_from",
        "in_force_until",
        "source",
        "checked_reference",
    )


class ClockRangeRows(TermRangeRows):
    """How long one stage may take."""

    same = ()
    constraint = "clocks_of_a_step_do_not_overlap"


class ClockForm(CheckedTermRowForm):
    """A term of a clock."""

    kept = ("count", "unit", "in_force_from")


class ClockRows(Rows):
    """How long the stage may take, one term after the other. Without any, no clock runs on it."""

    model = StepClock
    form = ClockForm
    formset = ClockRangeRows
    ordering = ("in_force_from",)
    rows_with = ("step__kind",)
    fields = ("count", "unit", "in_force_from", "in_force_until", "source", "checked_reference")


class WithCheckedTerms(AuditedAdmin):
    """A page with terms: who gives the place in the contract has found it there, today."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Say who found a term, and when, on the rows whose place in the contract was given."""
        for row in formset.forms:
            if "checked_reference" in row.changed_data and row.cleaned_data.get("checked_reference"):
                row.instance.checked_by = actor_of(request).user
                row.instance.checked_on = clock.today()
        super().save_formset(request, form, formset, change)


@admin.register(NoticeKind)
class NoticeKindAdmin(WithCheckedTerms):
    """Kinds of notice."""

    inlines = (StepRows, WithholdingRows)
    list_display = ("name", "abbreviation", "clause", "position", "agreement__reference")
    list_filter = ("agreement",)
    list_select_related = ("agreement",)
    search_fields = ("name", "abbreviation", "code", "agreement__reference")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "position", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("agreement", "name", ("abbreviation", "code")),
                "description": "Its name and abbreviation stay once a notice of this kind was asked for, because "
                "served notices and their letters carry them. For another name, add another kind.",
            },
        ),
        ("In the contract", {"fields": ("clause", "used_when")}),
        ("On pages", {"fields": ("position",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What notices are called by stays once there is one."""
        fields = super().get_readonly_fields(request, obj)
        is_in_use = obj is not None and obj.notices.exists()
        return [*fields, "name", "abbreviation"] if is_in_use else fields


@admin.register(NoticeStep)
class NoticeStepAdmin(WithCheckedTerms):
    """The stages of kinds of notice, with how long each may take."""

    inlines = (ClockRows,)
    list_display = ("name", "kind", "stage", "who_acts", "kind__agreement__reference")
    list_filter = ("kind__agreement", "kind")
    list_select_related = ("kind__agreement",)
    search_fields = ("name", "kind__name")
    ordering = ("kind__agreement__reference", "kind__position", "pk")
    fieldsets = ((None, {"fields": ("kind", "stage", "name", "who_acts")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A stage stays the same stage of the same kind."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "kind", "stage"] if obj is not None else fields

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As everywhere; and a stage stays while notices of its kind go through its stages."""
        held = [count_of(number, "notice") for step in objs if (number := step.kind.notices.count())]
        return ([], {}, set(), held) if held else super().get_deleted_objects(objs, request)
