"""Records of decision and where each was discussed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contracts.admin.audited import AuditedAdmin, Rows
from contracts.models import Discussion, RecordOfDecision


class DiscussionRows(Rows):
    """The meetings that discussed it."""

    model = Discussion
    ordering = ("held_on",)


@admin.register(RecordOfDecision)
class RecordOfDecisionAdmin(AuditedAdmin):
    """Decisions in the parts of a record of decision."""

    inlines = (DiscussionRows,)
    list_display = ("number", "subject", "status", "decided_on", "taker", "agreement__reference")
    list_filter = ("agreement", "status")
    list_select_related = ("agreement",)
    search_fields = ("number", "subject", "decision", "taker")
    autocomplete_fields = ("agreement",)
    ordering = ("-decided_on", "number")
    fieldsets = (
        (None, {"fields": ("agreement", "number", "subject", "restriction", "key_because")}),
        ("Taken", {"fields": ("taker", ("status", "decided_on"))}),
        ("Decision", {"fields": ("decision", "reasons", "alternatives_rejected", "interests_declared")}),
        ("Implications", {"fields": ("financial_implications", "legal_implications", "equality_implications")}),
        ("From", {"fields": ("source",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A record of before the portal is added as it stood; from then on it moves by its steps alone."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "status", "decided_on"] if obj is not None else fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until it is taken or withdrawn: what it says stays then."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_settled)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until it is taken or withdrawn."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_settled)
