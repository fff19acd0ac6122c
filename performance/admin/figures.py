"""The figures that were worked out, to read."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from contracts.formatting import month_name
from performance.models import Figure
from performance.queries import shown


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """What each indicator came to, as known now and as known before."""

    list_display = ("indicator", "element", "area", "of_month", "shown", "verdict", "known_from", "known_until")
    list_filter = ("agreement", ("known_until", admin.EmptyFieldListFilter), "verdict", "area", "element")
    list_select_related = ("indicator", "element", "area")
    search_fields = ("indicator__name", "indicator__code", "reason")
    date_hierarchy = "month"
    ordering = ("-month", "indicator__position", "area__position", "-known_from")

    @admin.display(description="month", ordering="month")
    def of_month(self, figure: Figure) -> str:
        """August 2019."""
        return month_name(figure.month)

    @admin.display(description="value", ordering="value")
    def shown(self, figure: Figure) -> str:
        """The number as pages show it."""
        return shown(figure)
