"""The list of what an agreement usually hands over when an element ends."""

from django.contrib import admin

from contracts.admin.audited import AuditedAdmin
from contracts.models import StandardHandoverItem


@admin.register(StandardHandoverItem)
class StandardHandoverItemAdmin(AuditedAdmin):
    """What is offered for the checklist of an element; a list that was added already stays as it is."""

    list_display = ("what", "owner", "days_after_end", "agreement__reference")
    list_filter = ("agreement", "owner")
    search_fields = ("what", "agreement__reference")
    ordering = ("agreement__reference", "position", "pk")
