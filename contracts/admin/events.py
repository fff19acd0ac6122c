"""The audit trail, to read and search."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from contracts.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Who did what to which thing, and when."""

    list_display = ("at", "actor_name", "action", "subject", "agreement__reference")
    list_filter = ("agreement", "action")
    list_select_related = ("agreement",)
    search_fields = ("actor_name", "actor__email", "action", "subject")
    date_hierarchy = "at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("at", "actor_name", "actor", "action", "subject", "agreement")}),
        ("What changed", {"fields": ("before", "after")}),
        ("Place in the chain", {"fields": ("previous_hash", "hash")}),
    )
