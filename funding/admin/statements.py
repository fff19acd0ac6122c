"""Annual statements to look at, version by version."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from funding.models import AnnualStatement


@admin.register(AnnualStatement)
class AnnualStatementAdmin(ReadOnlyAdmin):
    """Statements of a year to 31 March."""

    list_display = ("__str__", "payer", "recipient", "ledger_total", "prepared_by_name", "prepared_at")
    list_filter = ("agreement", "payer")
    list_select_related = ("payer", "recipient")
    search_fields = ("payer__name", "recipient__name", "agreement__reference")
    ordering = ("agreement__reference", "-year_start", "-number")
