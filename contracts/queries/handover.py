"""What is to be handed over when an element ends, and how each item stands."""

from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from contracts.models import Agreement, HandoverItem, HandoverOutcome, HandoverRecord, ServiceElement


def handover_items(element: ServiceElement) -> list[HandoverItem]:
    """The items of an element with their records, by the day they are due. Two queries."""
    rows = element.handover_items.select_related("owner").prefetch_related("records__organisation")
    return list(rows.order_by("due_on", "pk"))


def overdue_items(agreement: Agreement, on: date) -> list[HandoverItem]:
    """The open items of every element that were due before the day `on`, the longest overdue first. One query."""
    records = HandoverRecord.objects.filter(item=OuterRef("pk")).order_by("-pk")
    outcome = Coalesce(Subquery(records.values("outcome")[:1]), Value(HandoverOutcome.OPEN.value))
    rows = HandoverItem.objects.filter(element__agreement=agreement, due_on__lt=on).annotate(outcome=outcome)
    held = rows.filter(outcome=HandoverOutcome.OPEN).select_related("owner", "element")
    return list(held.order_by("due_on", "pk"))


def outcome_of(item: HandoverItem) -> HandoverOutcome:
    """How an item stands by its last record."""
    last = last_record(item)
    return HandoverOutcome(last.outcome) if last else HandoverOutcome.OPEN


def last_record(item: HandoverItem) -> HandoverRecord | None:
    """What was recorded of an item last; it comes with its records."""
    return max(item.records.all(), key=lambda one: one.pk, default=None)
