"""What the portal knew at a moment: which figures it showed, and which versions were accepted.

A moment of None is now.
"""

from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from performance.models import Move, State


def figures_known(as_at: datetime | None) -> Q:
    """The figures known at `as_at`: from their first moment on, and no longer at the moment they were replaced."""
    if as_at is None:
        return Q(known_until__isnull=True)
    return Q(known_from__lte=as_at) & (Q(known_until__isnull=True) | Q(known_until__gt=as_at))


def accepted_versions(as_at: datetime | None, of: str = "") -> Q:
    """The versions accepted by `as_at` and not replaced by then; `of` leads to them, as in "version__"."""
    if as_at is None:
        return Q(**{f"{of}state": State.ACCEPTED})
    was_accepted = Q(**{f"{of}accepted_at__lte": as_at, f"{of}state__in": [State.ACCEPTED, State.REPLACED]})
    still = Q(**{f"{of}replaced_at__isnull": True}) | Q(**{f"{of}replaced_at__gt": as_at})
    return was_accepted & still


def recorded_by_then(as_at: datetime | None, of: str = "") -> Q:
    """The step changes recorded by `as_at`; `of` leads to them."""
    return Q() if as_at is None else Q(**{f"{of}recorded_at__lte": as_at})


def state_known(as_at: datetime | None, version: str = "pk", state: str = "state") -> F | Subquery:
    """The state of a version at `as_at`: its own now, else what its last step by then made of it.

    `version` and `state` lead to its key and its state. None where the version had not moved: a draft, or not there.
    """
    if as_at is None:
        return F(state)
    steps = Move.objects.filter(version=OuterRef(version), at__lte=as_at).order_by("-pk")
    return Subquery(steps.values("to_state")[:1])
