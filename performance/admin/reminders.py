"""When reminders of a return go out and to whom, and the log of those that did."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from contracts.admin.audited import AuditedAdmin, ReadOnlyAdmin
from contracts.admin.choices import AdminForm
from performance.models import Reminder, ReminderRule

# What the log's column holds.
LONGEST = 254


class ReminderRuleForm(AdminForm):
    """A rule, with its addresses one on each line."""

    def clean_addresses(self) -> str:
        """The addresses as they are kept: each once, in small letters; what is none is said with its line."""
        lines = [line.strip().lower() for line in self.cleaned_data["addresses"].splitlines()]
        faults = [
            ValidationError(
                f"Line {number}, “{line}”, is no e-mail address. Write one address on each line, such as "
                "returns@provider.example."
            )
            for number, line in enumerate(lines, 1)
            if line and not _is_address(line)
        ]
        if faults:
            raise ValidationError(faults)
        return "\n".join(dict.fromkeys(line for line in lines if line))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST


@admin.register(ReminderRule)
class ReminderRuleAdmin(AuditedAdmin):
    """Rules of reminders."""

    form = ReminderRuleForm
    list_display = ("__str__", "operational_days", "addresses", "agreement__reference")
    list_filter = ("agreement",)
    list_select_related = ("agreement",)
    search_fields = ("addresses", "agreement__reference")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "operational_days")
    fieldsets = ((None, {"fields": ("agreement", "operational_days", "addresses")}),)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """Reminders that were written, and when each was sent; one without a moment was not."""

    list_display = ("of_return", "operational_days", "due_on", "address", "written_at", "sent_at")
    list_filter = ("of_return__agreement", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("of_return",)
    search_fields = ("address",)
    date_hierarchy = "written_at"
    ordering = ("-written_at", "address")
