"""What was received, to read. Nothing submitted or accepted is edited, and nothing of a file is shown raw."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contracts.admin.audited import ReadOnlyAdmin
from performance.form import Sheet
from performance.models import Line, Move, RecomputeNeed, Return, Upload, Version


@admin.register(Return)
class ReturnAdmin(ReadOnlyAdmin):
    """The months that a return is due for."""

    list_display = ("month", "due_on", "agreement__reference")
    list_filter = ("agreement",)
    list_select_related = ("agreement",)
    search_fields = ("agreement__reference",)
    date_hierarchy = "month"
    ordering = ("-month",)


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    """Versions of returns and how far each has come."""

    list_display = ("__str__", "state", "prepared_by", "submitted_at", "accepted_at", "replaced_at", "why")
    list_filter = ("of_return__agreement", "state")
    list_select_related = ("of_return",)
    search_fields = ("prepared_by", "why", "upload__file_name", "upload__sha256")
    date_hierarchy = "of_return__month"
    ordering = ("-of_return__month", "-number")


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Files as they came in: what they are called and what came of each, not what they say."""

    list_display = (
        "file_name",
        "month",
        "outcome",
        "findings_count",
        "uploaded_by_name",
        "uploaded_at",
        "agreement__reference",
    )
    list_filter = ("agreement", "outcome")
    list_select_related = ("agreement",)
    search_fields = ("file_name", "sha256", "uploaded_by_name")
    date_hierarchy = "uploaded_at"
    ordering = ("-uploaded_at",)
    fields = (
        "agreement",
        "month",
        "file_name",
        "sha256",
        "size",
        "outcome",
        "findings_count",
        "uploaded_by",
        "uploaded_by_name",
        "uploaded_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        """Uploads without their content, which no page here shows."""
        uploads: QuerySet[Upload] = super().get_queryset(request).defer("content")
        return uploads

    @admin.display(description="findings")
    def findings_count(self, upload: Upload) -> int:
        """How many findings the file had."""
        return sum(finding.get("stands_for", 1) for finding in upload.findings)


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin):
    """What returns say, line by line; small counts of children by characteristic are not for administrators."""

    list_display = ("measure", "area", "value", "not_reported_because", "version", "cell")
    list_filter = ("version__of_return__agreement", "measure__sheet", "version__state")
    list_select_related = ("measure__element", "area", "version__of_return")
    search_fields = ("measure__label", "measure__element__name", "cell")
    date_hierarchy = "version__of_return__month"
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Line]:
        """Every line but those of the Equality sheet."""
        lines: QuerySet[Line] = super().get_queryset(request).exclude(measure__sheet=Sheet.EQUALITY)
        return lines


@admin.register(Move)
class MoveAdmin(ReadOnlyAdmin):
    """Each step of a version: who, when and why."""

    list_display = ("version", "from_state", "to_state", "by_name", "at", "reason")
    list_filter = ("version__of_return__agreement", "to_state")
    list_select_related = ("version__of_return",)
    search_fields = ("by_name", "reason")
    date_hierarchy = "at"
    ordering = ("-at",)


@admin.register(RecomputeNeed)
class RecomputeNeedAdmin(ReadOnlyAdmin):
    """What made figures be worked out again, and what still waits."""

    list_display = ("reason", "from_month", "until_month", "at", "done_at", "agreement__reference")
    list_filter = ("agreement", ("done_at", admin.EmptyFieldListFilter))
    list_select_related = ("agreement",)
    search_fields = ("reason",)
    ordering = ("-pk",)
