"""Decisions that may carry money."""

from django.db.models import QuerySet

from contracts.models import Agreement, RecordOfDecision
from contracts.models.decisions import DecisionStatus


def taken_decisions(agreement: Agreement) -> QuerySet[RecordOfDecision]:
    """Those that were taken, by their numbers: one that is proposed or was withdrawn moves no money."""
    return agreement.decisions.filter(status=DecisionStatus.TAKEN).order_by("number")
