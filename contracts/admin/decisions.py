"""Records of decision and where each was discussed."""

from django.contrib import admin

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
        (None, {"fields": ("agreement", "number", "subject")}),
        ("Taken", {"fields": ("taker", ("status", "decided_on"))}),
        ("Decision", {"fields": ("decision", "reasons", "alternatives_rejected")}),
        ("Implications", {"fields": ("financial_implications", "legal_implications", "equality_implications")}),
        ("From", {"fields": ("source",)}),
    )
