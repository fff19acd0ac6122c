"""The figures that were worked out, to read."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from performance.models import Figure


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """What each indicator came to, as known now and as known before."""

    list_display = ("indicator", "element", "area", "month", "value", "target", "verdict", "known_from", "known_until")
    list_filter = ("agreement", ("known_until", admin.EmptyFieldListFilter), "verdict", "area", "element")
    list_select_related = ("indicator", "element", "area")
    search_fields = ("indicator__name", "indicator__code", "reason")
    date_hierarchy = "month"
    ordering = ("-month", "indicator__position", "area__position", "-known_from")
