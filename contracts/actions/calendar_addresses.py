"""A person's private calendar address: made, made anew in place of another, and revoked."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from contracts import audit
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.calendar_feed.secrets_of_feeds import fingerprint_of, new_secret
from contracts.models import CalendarFeed, User

CHANGED = "Nothing was done: your calendar address was changed since you opened that page. Look at it as it is now."


@sensitive_variables("secret")
@transaction.atomic
def make_calendar_address(person: User, *, instead_of: int | None, by: Actor, at: datetime) -> str:
    """Make a private address for `person` and return its secret, which is kept nowhere.

    `instead_of` is the key of the address that the person sees as theirs, None where they see none. That one holds no
    longer. Raises Refused where they have another by now, so that a form that is sent twice ends nothing.
    """
    held = _held(person, instead_of)
    if held is not None:
        _end(held, at)
    secret = new_secret()
    CalendarFeed.objects.create(person=person, fingerprint=fingerprint_of(secret), made_at=at)
    audit.record(
        "calendar address made",
        by=by,
        agreement=None,
        subject=str(person),
        before={"made at": held.made_at} if held else None,
        after={"made at": at},
    )
    return secret


@transaction.atomic
def revoke_calendar_address(person: User, *, feed: int, by: Actor, at: datetime) -> CalendarFeed:
    """End the person's address with the key `feed` for good. Raises Refused where it is theirs no longer."""
    held = _held(person, feed)
    assert held is not None  # a key was given, so it is the one that is held
    _end(held, at)
    made = {"made at": held.made_at}
    audit.record(
        "calendar address revoked",
        by=by,
        agreement=None,
        subject=str(person),
        before=made,
        after=made | {"revoked at": at},
    )
    return held


def _held(person: User, seen: int | None) -> CalendarFeed | None:
    """The address that the person has, where it is the one they see; the person's row is held until the end."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = CalendarFeed.objects.filter(person=person, revoked_at__isnull=True).first()
    if (held.pk if held else None) != seen:
        raise Refused(CHANGED)
    return held


def _end(feed: CalendarFeed, at: datetime) -> None:
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
