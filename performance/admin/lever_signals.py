"""When the portal suggests a contract lever: terms of the agreement, each ended and not deleted once it has begun."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contracts import clock
from contracts.admin.audited import AuditedAdmin
from contracts.admin.deleting import has_begun
from contracts.admin.ranges import DatedForm
from contracts.models import User
from performance.models import Definition, LeverSignalTerm, Signal

NEEDED = {
    "indicator": "Choose the indicator whose figures are looked at.",
    "months": "Say for how many months running.",
    "threshold": "Give the share of the model below which staff are too few, such as 80.",
    "days": "Say how many Operational Days late.",
}
NOT_USED = "Leave this empty: “{}” does not use it."
USES = {
    Signal.TARGET_MISSED: frozenset({"indicator", "months"}),
    Signal.NOT_REPORTED: frozenset({"indicator", "months"}),
    Signal.STAFF_BELOW: frozenset({"indicator", "months", "threshold"}),
    Signal.RETURN_LATE: frozenset({"days"}),
}
OF_FIGURES_ONLY = ("element", "area")


class LeverSignalForm(DatedForm):
    """A term, with just the numbers that its signal uses."""

    def clean(self) -> dict[str, Any]:
        """Each signal has its own numbers; an element is named where the indicator has a figure for each."""
        data = super().clean()
        if data.get("signal") not in USES:
            return data
        signal = Signal(data["signal"])
        for name, needed in NEEDED.items():
            self._hold(signal, name, needed, data.get(name))
        for name in OF_FIGURES_ONLY:
            if data.get(name) and "indicator" not in USES[signal]:
                self.add_error(name, NOT_USED.format(signal.label))
        if "indicator" in USES[signal] and data.get("indicator"):
            self._hold_element(data)
        return data

    def _hold(self, signal: Signal, name: str, needed: str, value: Any) -> None:
        if name in self.errors:
            return
        if name in USES[signal] and value is None:
            self.add_error(name, needed)
        elif name not in USES[signal] and value is not None:
            self.add_error(name, NOT_USED.format(signal.label))

    def _hold_element(self, data: dict[str, Any]) -> None:
        indicator = data["indicator"]
        is_for_each = Definition.objects.filter(indicator=indicator, for_each_element=True).exists()
        if is_for_each and not data.get("element"):
            self.add_error("element", f"Choose an element: “{indicator}” is worked out for each of them.")
        elif not is_for_each and data.get("element"):
            self.add_error("element", f"Leave this empty: “{indicator}” is not worked out for each element.")


@admin.register(LeverSignalTerm)
class LeverSignalTermAdmin(AuditedAdmin):
    """Terms of suggested levers; who recorded the check, and when, are the portal's to say."""

    form = LeverSignalForm
    list_display = ("kind", "signal", "indicator", "element", "months", "days", "in_force_from", "is_checked")
    list_filter = ("agreement", "signal", "kind")
    list_select_related = ("kind", "indicator", "element")
    search_fields = ("kind__name", "indicator__name", "agreement__reference", "source")
    autocomplete_fields = ("agreement",)
    choices_with = {"kind": ("agreement",)}
    readonly_fields = ("checked_by", "checked_on")
    ordering = ("agreement__reference", "kind__position", "in_force_from")
    fieldsets = (
        (None, {"fields": ("agreement", "kind", "signal")}),
        ("What is looked at", {"fields": ("indicator", ("element", "area"))}),
        ("Numbers", {"fields": (("months", "days", "threshold"),)}),
        ("In force", {"fields": (("in_force_from", "in_force_until"), "source")}),
        ("Checked against the contract", {"fields": ("checked_reference", ("checked_by", "checked_on"))}),
    )

    @admin.display(boolean=True, description="checked")
    def is_checked(self, term: LeverSignalTerm) -> bool:
        """Whether somebody recorded where in the contract it stands."""
        return term.is_checked

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What was checked keeps its numbers: end it and add another."""
        fields = super().get_readonly_fields(request, obj)
        kept = ("kind", "signal", "indicator", "element", "area", "months", "days", "threshold", "in_force_from")
        return [*fields, *kept, "checked_reference"] if obj is not None and obj.is_checked else fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what has not begun is deleted."""
        return super().has_delete_permission(request, obj) and not (obj is not None and has_begun(obj))

    def save_model(self, request: HttpRequest, obj: LeverSignalTerm, form: Any, change: bool) -> None:
        """Whoever records where it stands in the contract answers for it."""
        assert isinstance(request.user, User)  # the admin site lets nobody in who has not signed in
        if obj.checked_reference and obj.checked_by is None:
            obj.checked_by, obj.checked_on = request.user, clock.today()
        super().save_model(request, obj, form, change)
