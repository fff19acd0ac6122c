"""Telling the apps above this one that something agreed has changed.

Whoever changes a term says so here, in the transaction of the change; an app that works something out from terms
asks to be told when the portal starts. So contracts knows nobody above it, and no signal hides who does what.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from contracts.audit import Actor
from contracts.models import Agreement


@dataclass(frozen=True, slots=True)
class TermsChange:
    """Terms of an agreement are other than they were, for days from `from_day` on."""

    agreement: Agreement
    from_day: date
    reason: str
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DueDayChange:
    """The days on which things fall due are others than they were: in one agreement, or in all (None)."""

    agreement: Agreement | None
    reason: str
    by: Actor
    at: datetime


_told_of_terms: list[Callable[[TermsChange], None]] = []
_told_of_due_days: list[Callable[[DueDayChange], None]] = []


def tell_me_of_terms(listener: Callable[[TermsChange], None]) -> None:
    """Have `listener` called with each change of terms. Called once for each listener when the portal starts."""
    if listener not in _told_of_terms:
        _told_of_terms.append(listener)


def tell_me_of_due_days(listener: Callable[[DueDayChange], None]) -> None:
    """Have `listener` called with each change of due days. Called once for each listener when the portal starts."""
    if listener not in _told_of_due_days:
        _told_of_due_days.append(listener)


def terms_changed(change: TermsChange) -> None:
    """Say that terms changed, in the transaction of the change."""
    for listener in _told_of_terms:
        listener(change)


def due_days_changed(change: DueDayChange) -> None:
    """Say that due days changed, in the transaction of the change."""
    for listener in _told_of_due_days:
        listener(change)
