"""What was agreed of the council's sync, and what came of it. No case, and no result of one, is shown here."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from contracts import clock
from contracts.admin.audited import AuditedAdmin, ReadOnlyAdmin, actor_of
from contracts.admin.changed import Change
from contracts.admin.choices import AdminForm
from contracts.models import Agreement
from performance.actions.sync_terms import sync_terms_changed
from performance.models import SyncAlert, SyncRun, SyncTerms

# What the column of a case's route holds.
LONGEST = 40
# What decides which months are known.
KNOWN_BY = frozenset({"complete_from"})


class SyncTermsForm(AdminForm):
    """Terms, with the routes one on each line."""

    def clean_hours_between_batches(self) -> int | None:
        """An alert after no time at all would never end."""
        hours: int | None = self.cleaned_data["hours_between_batches"]
        if hours == 0:
            raise ValidationError("Enter 1 or more, or leave it empty for no alert.")
        return hours

    def clean_complete_from(self) -> Any:
        """Cases are known by whole months."""
        first = self.cleaned_data["complete_from"]
        if first and first.day != 1:
            raise ValidationError(f"Enter the first day of a month, such as {first.replace(day=1):%Y-%m-%d}.")
        return first

    def clean_referral_routes(self) -> str:
        """The routes as they are kept: each once; one that no case could hold is said with its line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["referral_routes"].splitlines()]
        faults = [
            ValidationError(f"Line {number} is longer than {LONGEST} characters. Shorten the route.")
            for number, line in enumerate(lines, 1)
            if len(line) > LONGEST
        ]
        if faults:
            raise ValidationError(faults)
        return "\n".join(dict.fromkeys(line for line in lines if line))


@admin.register(SyncTerms)
class SyncTermsAdmin(AuditedAdmin):
    """Terms of syncs, one set for each agreement."""

    form = SyncTermsForm
    list_display = ("__str__", "hours_between_batches", "complete_from", "agreement__reference")
    list_filter = ("agreement",)
    list_select_related = ("agreement",)
    search_fields = ("agreement__reference", "agreement__name")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference",)
    fieldsets = ((None, {"fields": ("agreement", "hours_between_batches", "complete_from", "referral_routes")}),)

    def record(
        self, request: HttpRequest, row: Any, changes: list[Change], verb: str, agreement: Agreement | None = None
    ) -> None:
        """As on every page; and months that are known, or no longer known, are worked out again."""
        super().record(request, row, changes, verb, agreement)
        if any(KNOWN_BY & change.names for change in changes):
            sync_terms_changed(row.agreement, actor_of(request), clock.now())


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnlyAdmin):
    """Batches that came, with what they came to in numbers."""

    list_display = ("received_at", "as_of", "client", "cases", *("created", "updated", "unchanged", "stale", "refused"))
    list_filter = ("agreement", "client")
    list_select_related = ("client",)
    search_fields = ("client__name", "agreement__reference", "body_sha256")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)
    fields = (
        "agreement",
        "client",
        "received_at",
        "as_of",
        "newest_updated_at",
        ("cases", "created", "updated", "unchanged", "stale", "refused"),
        "refusals",
        "body_sha256",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SyncRun]:
        """Batches without what each case was answered, which no page here shows."""
        runs: QuerySet[SyncRun] = super().get_queryset(request).defer("results")
        return runs


@admin.register(SyncAlert)
class SyncAlertAdmin(ReadOnlyAdmin):
    """Alerts that were written, and when each was sent; one without a moment was not."""

    list_display = ("agreement", "silent_since", "address", "written_at", "sent_at")
    list_filter = ("agreement", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("agreement",)
    search_fields = ("address", "agreement__reference")
    date_hierarchy = "written_at"
    ordering = ("-written_at", "address")
