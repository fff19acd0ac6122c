"""The entries of a person's calendar: the open clocks of the notices that they may see at this moment."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from contracts.access import standings_of
from contracts.calendar_feed.secrets_of_feeds import fingerprint_of
from contracts.calendar_feed.written import Entry, written
from contracts.formatting import day
from contracts.models import CalendarFeed, ClockRetiming, NoticeClock, NoticeMove, PartyRole, User, WhoActs
from contracts.permissions import Permission
from contracts.queries.board_notices import parties_of
from contracts.queries.held_clocks import AGREED

MOVED = Prefetch("retimings", ClockRetiming.objects.order_by("pk"), to_attr="moved")
MOVES = Prefetch("notice__moves", NoticeMove.objects.order_by("pk"), to_attr="made")
TO_CHECK = "The number of days is to be checked against your contract."


def calendar_at(secret: str) -> bytes | None:
    """The calendar at a private address; None where it was revoked, was never made, or is of somebody deactivated."""
    feed = (
        CalendarFeed.objects.filter(fingerprint=fingerprint_of(secret), revoked_at__isnull=True, person__is_active=True)
        .select_related("person")
        .first()
    )
    return written(entries_of(feed.person)) if feed else None


def entries_of(person: User) -> list[Entry]:
    """An entry for each open clock that `person` may see now. As many queries for many clocks as for one."""
    agreements = [one.agreement for one in standings_of(person) if one.may(Permission.SEE_NOTICES)]
    rows = NoticeClock.objects.filter(ended_on__isnull=True, notice__agreement__in=agreements).order_by("due_on", "pk")
    rows = rows.select_related("notice__kind", "notice__agreement", "term__step")
    parties = parties_of(agreements)
    return [_entry(row, parties[row.notice.agreement_id]) for row in rows.prefetch_related(AGREED, MOVED, MOVES)]


def _entry(clock: NoticeClock, parties: Mapping[str, str]) -> Entry:
    notice, moved = clock.notice, clock.moved  # type: ignore[attr-defined]  # prefetched
    return Entry(
        identity=f"clock-{clock.pk}@{notice.agreement.reference.lower()}.joint-funding-portal",
        on=clock.due_on,
        title=f"{clock.term.step.name} due: {notice}",
        text="\n".join(_lines(clock, parties)),
        address=settings.PORTAL_ADDRESS
        + reverse("notices", args=[notice.agreement.reference])
        + f"#notice-{notice.pk}",
        changed_at=_changed_at(clock),
        changes=len(moved),
    )


def _lines(clock: NoticeClock, parties: Mapping[str, str]) -> list[str]:
    moved: list[ClockRetiming] = clock.moved  # type: ignore[attr-defined]  # prefetched
    lines = [
        f"{_who(clock, parties)} to act. {clock.notice.agreement.name}.",
        f"{clock.count} {clock.get_unit_display()} from {day(clock.started_on)}, which does not count.",
        *(f"Moved from {day(one.due_before)} to {day(one.due_after)} because: {one.reason}" for one in moved),
    ]
    return lines if clock.term.checked_reference else [*lines, TO_CHECK]


def _who(clock: NoticeClock, parties: Mapping[str, str]) -> str:
    commissioner = parties.get(PartyRole.COORDINATING_COMMISSIONER, "The coordinating commissioner")
    provider = parties.get(PartyRole.PROVIDER, "The provider")
    who = {WhoActs.COMMISSIONER.value: commissioner, WhoActs.PROVIDER.value: provider}
    return who.get(clock.term.step.who_acts, f"{commissioner} and {provider}")


def _changed_at(clock: NoticeClock) -> datetime:
    """When the clock got the day it has: by the last re-timing, or by the move that started it."""
    moved: list[ClockRetiming] = clock.moved  # type: ignore[attr-defined]  # prefetched
    moves: list[NoticeMove] = clock.notice.made  # type: ignore[attr-defined]  # prefetched
    return moved[-1].at if moved else moves[-1].at
