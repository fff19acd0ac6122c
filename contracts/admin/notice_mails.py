"""E-mails about notices, to read: who was told of what, and what could not be sent."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from contracts.models import NoticeMail


@admin.register(NoticeMail)
class NoticeMailAdmin(ReadOnlyAdmin):
    """Mails that were written, and when each was sent; one without a moment was not."""

    list_display = ("subject", "person__email", "written_at", "sent_at", "failed_attempts", "last_failure")
    list_filter = ("notice__agreement", ("sent_at", admin.EmptyFieldListFilter))
    search_fields = ("subject", "person__email")
    date_hierarchy = "written_at"
    ordering = ("-written_at", "-pk")
