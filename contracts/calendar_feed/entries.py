"""The entries of a person's calendar: the open clocks, and the milestones still to be met, of the notices they see.

What an entry says follows from the rows alone, never from the day it is read: programs compare the bytes.
"""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from contracts.access import standings_of
from contracts.calendar_feed.secrets_of_feeds import fingerprint_of
from contracts.calendar_feed.written import Entry, written
from contracts.formatting import day
from contracts.levers.ladder import NoticeStage
from contracts.levers.turns import waiting_of, whose_turn
from contracts.models import CalendarFeed, ClockRetiming, Milestone, Notice, NoticeClock, NoticeMove, User
from contracts.permissions import Permission
from contracts.queries.board_notices import parties_of
from contracts.queries.held_clocks import AGREED
from contracts.queries.plans_in_force import milestones_to_meet

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
    """An entry for each open clock, and each milestone not met of a plan under way, that `person` may see now.

    As many queries for many as for one.
    """
    agreements = [one.agreement for one in standings_of(person) if one.may(Permission.SEE_NOTICES)]
    rows = NoticeClock.objects.filter(ended_on__isnull=True, notice__agreement__in=agreements).order_by("due_on", "pk")
    rows = rows.select_related("notice__kind", "notice__agreement", "term__step")
    parties = parties_of(agreements)
    clocks = rows.prefetch_related(AGREED, MOVED, MOVES, "notice__kind__steps")
    under_way = milestones_to_meet(Notice.objects.filter(agreement__in=agreements, stage=NoticeStage.MONITORED))
    return [
        *(_entry(row, parties[row.notice.agreement_id]) for row in clocks),
        *(_milestone_entry(one) for milestones in under_way.values() for one in milestones),
    ]


def _entry(clock: NoticeClock, parties: Mapping[str, str]) -> Entry:
    notice, moved = clock.notice, clock.moved  # type: ignore[attr-defined]  # prefetched
    return Entry(
        identity=f"clock-{clock.pk}@{_place_of(notice)}",
        on=clock.due_on,
        title=f"{clock.term.step.name} due: {notice}",
        text="\n".join(_lines(clock, parties)),
        address=_address_of(notice),
        changed_at=_changed_at(clock),
        changes=len(moved),
    )


def _lines(clock: NoticeClock, parties: Mapping[str, str]) -> list[str]:
    moved: list[ClockRetiming] = clock.moved  # type: ignore[attr-defined]  # prefetched
    lines = [
        f"{whose_turn(waiting_of(clock.notice), parties)} to act. {clock.notice.agreement.name}.",
        f"{clock.count} {clock.get_unit_display()} from {day(clock.started_on)}, which does not count.",
        *(f"Moved from {day(one.due_before)} to {day(one.due_after)} because: {one.reason}" for one in moved),
    ]
    return lines if clock.term.checked_reference else [*lines, TO_CHECK]


def _milestone_entry(milestone: Milestone) -> Entry:
    plan, notice = milestone.plan, milestone.plan.notice
    return Entry(
        identity=f"milestone-{milestone.pk}@{_place_of(notice)}",
        on=milestone.due_on,
        title=f"Milestone due: {milestone.what}",
        text=f"{milestone.owner.short_name} to act. {notice.agreement.name}.\nPlan {plan.number} under {notice}.",
        address=_address_of(notice),
        changed_at=plan.agreed_at or plan.proposed_at,
        changes=0,
    )


def _place_of(notice: Notice) -> str:
    return f"{notice.agreement.reference.lower()}.joint-funding-portal"


def _address_of(notice: Notice) -> str:
    board = reverse("notices", args=[notice.agreement.reference])
    return f"{settings.PORTAL_ADDRESS}{board}#notice-{notice.pk}"


def _changed_at(clock: NoticeClock) -> datetime:
    """When the clock got the day it has: by the last re-timing, or by the move that started it."""
    moved: list[ClockRetiming] = clock.moved  # type: ignore[attr-defined]  # prefetched
    moves: list[NoticeMove] = clock.notice.made  # type: ignore[attr-defined]  # prefetched
    return moved[-1].at if moved else moves[-1].at
