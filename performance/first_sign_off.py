"""When a month's return first came: the day a version was signed off that was not taken back.

A version that was signed off in time and then withdrawn does not make its month one that came in time.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from performance.models import State, Version


def first_signed_on(versions: Iterable[Version], at: datetime | None = None) -> date | None:
    """The day of the first sign-off that stood at the moment `at`, or stands now; None where there is none.

    With `at`, each version's moves are asked for: prefetch them.
    """
    stood = (one.submitted_at for one in versions if one.submitted_at and not _was_withdrawn(one, at))
    days = (timezone.localtime(signed).date() for signed in stood if at is None or signed <= at)
    return min(days, default=None)


def _was_withdrawn(version: Version, at: datetime | None) -> bool:
    """Whether the version was withdrawn by the moment `at`, which nothing undoes."""
    if version.state != State.WITHDRAWN:
        return False
    return at is None or any(move.to_state == State.WITHDRAWN and move.at <= at for move in version.moves.all())
