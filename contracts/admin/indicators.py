"""What is measured, the targets in force, and the figures that papers published."""

from django.contrib import admin

from contracts.admin.audited import EVERY, AuditedAdmin, Rows
from contracts.admin.ranges import RangeForm, RangeRows
from contracts.models import Indicator, PublishedFigure, Target


class TargetRangeRows(RangeRows):
    """Targets of one indicator, apart by area."""

    same = ("area",)
    constraint = "targets_of_an_indicator_do_not_overlap"


class TargetRows(Rows):
    """The targets, one after the other. A new target is a new row; the old one is given its end."""

    model = Target
    form = RangeForm
    formset = TargetRangeRows
    ordering = ("area__position", "in_force_from")
    fields = (
        "area",
        "value",
        "floor",
        "in_force_from",
        "in_force_until",
        "source",
        "is_illustrative",
        "floor_is_illustrative",
    )


@admin.register(Indicator)
class IndicatorAdmin(AuditedAdmin):
    """Indicators with their targets. How each is worked out stands under “Definitions”."""

    inlines = (TargetRows,)
    list_display = ("name", "code", "element", "unit", "polarity", "purpose", "agreement__reference")
    list_filter = ("agreement", "element", "unit", "polarity", "purpose")
    list_select_related = ("element", "agreement")
    search_fields = ("name", "code", "element__name", "agreement__reference")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "position")
    fieldsets = (
        (None, {"fields": ("agreement", "name", "code", "element")}),
        ("How it is judged", {"fields": (("unit", "polarity"),)}),
        ("On pages", {"fields": (("purpose", "position"), "source", "note")}),
    )
    figures_rest_on = {Indicator: frozenset({"unit", "polarity", "element"}), Target: EVERY}


@admin.register(PublishedFigure)
class PublishedFigureAdmin(AuditedAdmin):
    """Figures as papers state them, and what each recomputes from."""

    list_display = (
        "code",
        "topic",
        "figure",
        "stated_as",
        "value",
        "unit",
        "recomputation",
        "source",
        "agreement__reference",
    )
    list_filter = ("agreement", "topic", "recomputation")
    list_select_related = ("agreement",)
    search_fields = ("code", "topic", "figure", "stated_as", "source")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "code")
    fieldsets = (
        (None, {"fields": ("agreement", "code", "topic", "figure")}),
        ("As stated", {"fields": ("stated_as", ("value", "unit"), "period", "source", "note")}),
        (
            "Worked out again",
            {"fields": ("recomputation", "stated_to", "arithmetic", "indicator", ("element", "area"), "month")},
        ),
    )
