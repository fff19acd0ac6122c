"""What a return is asked for, and the rules between its measures."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contracts.admin.audited import AuditedAdmin, Rows
from performance.models import Measure, MeasureRule

# What these say, lines of returns that came in already were read by.
READ_BY = ("sheet", "element", "pathway", "characteristic", "label", "unit")


class RuleRows(Rows):
    """What the checks hold this measure against."""

    model = MeasureRule
    fk_name = "measure"
    choices_with = {"against": ("element",)}
    rows_with = ("measure__element", "against__element")
    ordering = ("kind", "pk")


@admin.register(Measure)
class MeasureAdmin(AuditedAdmin):
    """The rows of the workbook. Once a return has said something for one, it stays what it was."""

    inlines = (RuleRows,)
    list_display = (
        "label",
        "sheet",
        "element",
        "pathway",
        "characteristic",
        "unit",
        "is_required",
        "agreement__reference",
    )
    list_filter = ("agreement", "sheet", "element", "is_required")
    list_select_related = ("agreement", "element", "pathway")
    search_fields = ("label", "characteristic", "element__name", "pathway__name", "agreement__reference")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "sheet", "position")
    fieldsets = (
        (None, {"fields": ("agreement", "sheet", ("element", "pathway"), "characteristic", "label", "unit")}),
        (
            "In the workbook",
            {"fields": (("is_required", "position"), "is_counted_by_case_list", ("in_force_from", "in_force_until"))},
        ),
    )
    figures_rest_on = {Measure: frozenset({*READ_BY, "is_required", "in_force_from", "in_force_until"})}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A measure that returns have answered is not made another one: end it and add the other."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *READ_BY] if obj is not None and obj.lines.exists() else fields
