"""Giving the reason for each warning of a draft."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from contracts import audit
from contracts.audit import Actor
from performance.actions.deciding import CannotMove, held
from performance.models import State, Version, WarningReason
from performance.reasons import reasons_given


@transaction.atomic
def give_reasons(version: Version, reasons: Mapping[int, str], *, by: Actor, at: datetime) -> Version:
    """Keep a reason for each warning in `reasons`, by its place among the findings; what was said before stays below.

    Raises `CannotMove` for a version that is no draft any more: what was signed off keeps the reasons it had.
    """
    draft = held(version)
    if draft.state != State.DRAFT:
        raise CannotMove(f"{draft} is {draft.get_state_display().lower()} now, so its reasons stay as they are.")
    given = {place: one.text for place, one in reasons_given(draft).items()}
    new = {place: text.strip() for place, text in reasons.items() if text.strip() and text.strip() != given.get(place)}
    places = range(len(draft.upload.findings))
    WarningReason.objects.bulk_create(
        WarningReason(version=draft, warning=place, reason=text[:500], by=by.user, by_name=by.name, at=at)
        for place, text in sorted(new.items())
        if place in places
    )
    if new:
        audit.record(
            "reasons given for warnings",
            by=by,
            agreement=draft.of_return.agreement,
            subject=str(draft),
            after={str(place + 1): text for place, text in sorted(new.items())},
        )
    return draft
