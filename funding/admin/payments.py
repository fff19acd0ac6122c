"""Payments to look at: what was certified and each step. They are made, moved and undone on their own pages only."""

from django.contrib import admin

from contracts.admin.audited import ReadOnlyAdmin
from contracts.formatting import money
from funding.models import Payment, PaymentItem, PaymentLine, PaymentMove


class ShownRows(admin.TabularInline):  # type: ignore[type-arg]  # of any row
    """A table of rows of a payment that nobody changes."""

    extra = 0
    can_delete = False
    max_num = 0


class LineRows(ShownRows):
    """What was due by element."""

    model = PaymentLine
    fields = ("element", "due")
    ordering = ("element__position", "pk")


class ItemRows(ShownRows):
    """Deductions and additions."""

    model = PaymentItem
    fields = ("element", "direction", "kind", "amount", "for_month", "reason", "notice")
    ordering = ("pk",)


class MoveRows(ShownRows):
    """The steps taken."""

    model = PaymentMove
    fields = ("to_state", "by_name", "at", "reason")
    ordering = ("at", "pk")


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    """Payments and counter-entries."""

    inlines = (LineRows, ItemRows, MoveRows)
    list_display = ("number", "kind", "month", "payer", "pays", "state", "ledger_reference", "agreement__reference")
    list_filter = ("agreement", "state", "payer", "kind")
    list_select_related = ("agreement", "payer")
    search_fields = ("ledger_reference", "payer__name", "agreement__reference")
    date_hierarchy = "month"
    ordering = ("agreement__reference", "-month", "-number")

    @admin.display(description="to pay", ordering="to_pay")
    def pays(self, payment: Payment) -> str:
        """Pounds and pence."""
        return money(payment.to_pay)
