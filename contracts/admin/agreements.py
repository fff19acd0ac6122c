"""An agreement with its parties, areas, pathways, elements, places and papers on one page, and added holidays."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contracts import clock
from contracts.actions.clock_retiming import retime_open_clocks
from contracts.admin.audited import EVERY, AuditedAdmin, Rows, actor_of
from contracts.admin.changed import Change
from contracts.admin.ranges import RangeForm, RangeRows
from contracts.changes import DueDayChange, due_days_changed
from contracts.models import (
    AddedHoliday,
    Agreement,
    Area,
    Document,
    Party,
    Pathway,
    Place,
    ReturnDueDay,
    ServiceElement,
)


class PartyRows(Rows):
    """Who is party to it, in which role."""

    model = Party


class DueDayRangeRows(RangeRows):
    """Due days of one agreement."""

    same = ()
    constraint = "due_days_of_an_agreement_do_not_overlap"


class DueDayRows(Rows):
    """When returns are due, one term after the other. A new day is a new row; the old one is given its end."""

    model = ReturnDueDay
    form = RangeForm
    formset = DueDayRangeRows
    ordering = ("in_force_from",)
    fields = ("operational_day", "in_force_from", "in_force_until", "source")


class AreaRows(Rows):
    """The areas that figures are for."""

    model = Area
    ordering = ("position", "pk")


class PathwayRows(Rows):
    """The pathways that children are held on."""

    model = Pathway
    ordering = ("position", "pk")


class ElementRows(Rows):
    """What is paid for by name, and since when."""

    model = ServiceElement
    ordering = ("position", "pk")


class PlaceRows(Rows):
    """The CCGs and districts of each area."""

    model = Place
    ordering = ("kind", "name")
    classes = ("collapse",)


class DocumentRows(Rows):
    """The papers that figures rest on."""

    model = Document
    ordering = ("reference",)
    classes = ("collapse",)


@admin.register(Agreement)
class AgreementAdmin(AuditedAdmin):
    """Joint funding agreements."""

    inlines = (PartyRows, DueDayRows, ElementRows, AreaRows, PathwayRows, PlaceRows, DocumentRows)
    list_display = ("reference", "short_name", "power", "starts_on", "ends_on")
    list_filter = ("power", "parties__organisation")
    search_fields = ("reference", "name", "short_name", "parties__organisation__name")
    ordering = ("reference",)
    fieldsets = (
        (None, {"fields": ("reference", "name", "short_name", "power", "note")}),
        ("Term", {"fields": (("starts_on", "ends_on"),)}),
        ("Returns", {"fields": ("returns_from", "warning_tolerance", "case_reference_pattern")}),
    )
    figures_rest_on = {
        Agreement: frozenset({"starts_on", "ends_on", "returns_from"}),
        Party: EVERY,
        Area: EVERY,
        Pathway: EVERY,
        ServiceElement: EVERY,
    }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An agreement ends; its audit trail stays."""
        return False

    def record(
        self, request: HttpRequest, row: Any, changes: list[Change], verb: str, agreement: Agreement | None = None
    ) -> None:
        """As on every page; and a due day agreed anew moves what is still to come."""
        super().record(request, row, changes, verb, agreement)
        concerned = [str(change.row) for change in changes if isinstance(change.row, ReturnDueDay)]
        if concerned:
            reason = f"Day that returns are due on: {', '.join(concerned)}"
            due_days_changed(DueDayChange(row, reason, actor_of(request), clock.now()))


@admin.register(AddedHoliday)
class AddedHolidayAdmin(AuditedAdmin):
    """Bank holidays announced after the portal's list was made; what is still due is timed anew."""

    list_display = ("day", "name")
    search_fields = ("name",)
    ordering = ("-day",)
    date_hierarchy = "day"

    def record(
        self, request: HttpRequest, row: Any, changes: list[Change], verb: str, agreement: Agreement | None = None
    ) -> None:
        """As on every page; and whatever is due by Operational Days moves."""
        super().record(request, row, changes, verb, agreement)
        reason, by, at = f"Bank holiday {verb}: {row}", actor_of(request), clock.now()
        due_days_changed(DueDayChange(None, reason, by, at))
        retime_open_clocks(by=by, at=at, reason=reason)
