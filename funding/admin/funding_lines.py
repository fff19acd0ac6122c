"""Who pays how much a year for what, from when until when."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import DecimalField
from django.http import HttpRequest

from contracts.admin.audited import EVERY, AuditedAdmin
from contracts.admin.changed import Change
from contracts.admin.deleting import has_begun
from contracts.admin.ranges import DatedForm
from contracts.formatting import pounds
from contracts.models import Agreement
from contracts.pounds_field import PoundsField
from funding.lines_in_use import is_in_use, words_of_use
from funding.models import FundingLine

# What an instalment is worked out from; a note or a source moves no money.
MONEY_RESTS_ON = frozenset({"annual_amount", "in_force_from", "in_force_until", "element", "funder"})


@admin.register(FundingLine)
class FundingLineAdmin(AuditedAdmin):
    """Funding lines. A new amount is a new line; the old one is given its end first, and not deleted once it began."""

    form = DatedForm
    list_display = (
        "element_or_rest",
        "funder",
        "amount",
        "in_force_from",
        "in_force_until",
        "source",
        "agreement__reference",
    )
    list_filter = ("agreement", "funder", "element")
    list_select_related = ("agreement", "funder", "element")
    search_fields = ("element__name", "element__short_name", "funder__name", "source", "agreement__reference")
    autocomplete_fields = ("agreement", "funder")
    ordering = ("agreement__reference", "element__position", "in_force_from")
    formfield_overrides = {DecimalField: {"form_class": PoundsField}}
    fieldsets = (
        (None, {"fields": ("agreement", "funder", "element", "annual_amount")}),
        ("In force", {"fields": (("in_force_from", "in_force_until"),)}),
        ("From", {"fields": ("source", "note")}),
    )
    figures_rest_on = {FundingLine: EVERY}

    @admin.display(description="pays for", ordering="element__position")
    def element_or_rest(self, line: FundingLine) -> str:
        """The element, or the rest of the service."""
        return line.element.name if line.element else "The service outside the named elements"

    @admin.display(description="a year", ordering="annual_amount")
    def amount(self, line: FundingLine) -> str:
        """Pounds a year."""
        return pounds(line.annual_amount)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what has not begun and what no payment used is deleted."""
        if obj is not None and (has_begun(obj) or is_in_use(obj)):
            return False
        return super().has_delete_permission(request, obj)

    def record(
        self, request: HttpRequest, row: Any, changes: list[Change], verb: str, agreement: Agreement | None = None
    ) -> None:
        """As on every page; and whoever changed what payments used is told what follows."""
        super().record(request, row, changes, verb, agreement)
        first_days = [self.concerned_from(one, row.agreement) for one in changes if one.names & MONEY_RESTS_ON]
        words = words_of_use(row, min((day for day in first_days if day), default=None))
        if words and verb == "changed":
            messages.warning(request, words)
