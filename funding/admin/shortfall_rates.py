"""What is deducted for empty posts of an element, from when until when."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DecimalField, ForeignKey
from django.http import HttpRequest

from contracts.admin.audited import EVERY, AuditedAdmin
from contracts.admin.deleting import has_begun
from contracts.admin.ranges import DatedForm
from contracts.formatting import money
from contracts.pounds_field import PoundsField
from funding.models import ShortfallBasis, ShortfallRate
from performance.form import Sheet
from performance.models import Measure

LINES = ("funded", "in_post", "temporary")


class ShortfallRateForm(DatedForm):
    """A rate whose lines of the return count posts of its own element, each line once."""

    def clean(self) -> dict[str, Any]:
        """Each line must be the element's own, and no line may count as two things."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        element = data.get("element")
        chosen = {name: data[name] for name in LINES if isinstance(data.get(name), Measure)}
        for name, measure in chosen.items():
            if element is not None and measure.element_id != element.pk:
                self.add_error(name, f"“{measure}” is no line about {element.name}. Choose one that is.")
        if data.get("basis") == ShortfallBasis.RATE and "pounds_per_wte" in data and data["pounds_per_wte"] is None:
            self.add_error("pounds_per_wte", "Give the pounds a year for one whole-time equivalent.")
        if len(set(chosen.values())) < len(chosen):
            self.add_error(None, "Funded, in post and temporary are three different lines of the return.")
        return data


@admin.register(ShortfallRate)
class ShortfallRateAdmin(AuditedAdmin):
    """Rates for empty posts. A new rate is a new row; the old one is given its end, and not deleted once it began."""

    form = ShortfallRateForm
    list_display = ("element", "basis", "rate", "in_force_from", "in_force_until", "source", "agreement__reference")
    list_filter = ("agreement", "element", "basis")
    list_select_related = ("agreement", "element")
    search_fields = ("element__name", "element__short_name", "source", "agreement__reference")
    autocomplete_fields = ("agreement",)
    choices_with = dict.fromkeys(LINES, ("element", "pathway"))
    ordering = ("agreement__reference", "element__position", "in_force_from")
    formfield_overrides = {DecimalField: {"form_class": PoundsField}}
    fieldsets = (
        (None, {"fields": ("agreement", "element", "basis", "pounds_per_wte")}),
        ("Lines of the return that count the posts", {"fields": LINES}),
        ("In force", {"fields": (("in_force_from", "in_force_until"),)}),
        ("From", {"fields": ("source", "is_illustrative")}),
    )
    figures_rest_on = {ShortfallRate: EVERY}

    @admin.display(description="a year for one WTE", ordering="pounds_per_wte")
    def rate(self, row: ShortfallRate) -> str:
        """Pounds a year; none for a share of the instalment."""
        return money(row.pounds_per_wte)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """The lines are those of the sheet Workforce."""
        if db_field.name in LINES:
            kwargs["queryset"] = Measure.objects.filter(sheet=Sheet.WORKFORCE).order_by("element__position", "position")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what has not begun is deleted: deductions rest on the rest."""
        return super().has_delete_permission(request, obj) and not (obj is not None and has_begun(obj))
