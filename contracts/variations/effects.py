"""Asking the apps above this one what a variation moves, so that it can be kept as it stood when the last party signed.

Contracts knows nobody above it: an app that can tell asks to be asked when the portal starts.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from contracts.models import Variation

Effects = dict[str, Any]
Teller = Callable[[Variation, datetime], Effects]
_tellers: list[Teller] = []


def ask_me_for_effects(teller: Teller) -> None:
    """Have `teller` asked what a variation moves. Called once for each teller when the portal starts."""
    if teller not in _tellers:
        _tellers.append(teller)


def effects_of(variation: Variation, at: datetime) -> Effects:
    """What the variation moves, by what is known at a moment, as JSON holds it."""
    told: Effects = {}
    for teller in _tellers:
        told |= teller(variation, at)
    return told
