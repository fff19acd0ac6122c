"""The notices that a board shows, with everything it says of them, in as many questions for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Max, Prefetch, QuerySet

from contracts.levers.ladder import BEFORE_SERVICE, ENDS, NoticeStage
from contracts.models import (
    Agreement,
    ClockChange,
    ClockRetiming,
    Membership,
    Notice,
    NoticeClock,
    NoticeMove,
    Party,
    StepClock,
)
from contracts.queries.held_clocks import AGREED, PROPOSED


def open_notices(agreements: Collection[Agreement], sees_requests: Collection[Agreement]) -> list[Notice]:
    """The open notices of `agreements`; of those in `sees_requests` the ones that were only asked for, too.

    Each has its open clock, if any, with what was agreed and is proposed to change it, and when it got another day.
    """
    moved = Prefetch("retimings", ClockRetiming.objects.order_by("-pk"), to_attr="moved")
    clocks = (
        NoticeClock.objects.filter(ended_on__isnull=True)
        .select_related("term")
        .prefetch_related(AGREED, PROPOSED, moved)
    )
    rows = _seen(agreements, sees_requests).exclude(stage__in=ENDS).select_related("kind", "agreement")
    moves = Prefetch("moves", NoticeMove.objects.order_by("pk"), to_attr="made")
    return list(rows.prefetch_related("kind__steps", moves, Prefetch("clocks", clocks, to_attr="running")))


def closed_notices(agreements: Collection[Agreement], sees_requests: Collection[Agreement]) -> QuerySet[Notice]:
    """The notices of `agreements` that ended, the newest end first, each with the day in `ended_on`."""
    rows = _seen(agreements, sees_requests).filter(stage__in=ENDS).select_related("kind", "agreement")
    return rows.annotate(ended_on=Max("moves__on"), ended=Max("moves__pk")).order_by("-ended_on", "-ended")


def running_clock(notice: Notice) -> NoticeClock | None:
    """The open clock of one of the `open_notices`."""
    running: list[NoticeClock] = notice.running  # type: ignore[attr-defined]  # prefetched
    return running[0] if running else None


def moves_made(notice: Notice) -> list[NoticeMove]:
    """The moves of one of the `open_notices`, oldest first."""
    made: list[NoticeMove] = notice.made  # type: ignore[attr-defined]  # prefetched
    return made


def newest_retiming(clock: NoticeClock) -> ClockRetiming | None:
    """The last time that the clock of one of the `open_notices` got another due day."""
    moved: list[ClockRetiming] = clock.moved  # type: ignore[attr-defined]  # prefetched
    return moved[0] if moved else None


def open_proposal(clock: NoticeClock) -> ClockChange | None:
    """What one side proposed for the clock of one of the `open_notices` and the other has not answered."""
    proposed: list[ClockChange] = clock.proposed  # type: ignore[attr-defined]  # prefetched
    return proposed[0] if proposed else None


def terms_of(agreements: Collection[Agreement]) -> QuerySet[StepClock]:
    """Every day count, of any time, that was agreed in `agreements`."""
    return StepClock.objects.filter(step__kind__agreement__in=agreements).order_by("pk")


def parties_of(agreements: Collection[Agreement]) -> dict[int, dict[str, str]]:
    """The short names of an agreement's parties by their role, by the agreement's key. One query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Party.objects.filter(agreement__in=agreements).order_by("pk")
    for agreement, role, name in rows.values_list("agreement", "role", "organisation__short_name"):
        found[agreement].setdefault(role, name)
    return found


def askers_of(notices: Iterable[Notice]) -> dict[tuple[int, int], str]:
    """The organisation of who asked for each notice, by agreement and person. One query."""
    asked = [notice for notice in notices if notice.stage == NoticeStage.ASKED]
    rows = Membership.objects.filter(
        user__in=[notice.asked_by_id for notice in asked],
        organisation__parties__agreement__in=[notice.agreement_id for notice in asked],
    )
    named = rows.order_by("-pk").values_list("organisation__parties__agreement", "user", "organisation__short_name")
    return {(agreement, user): name for agreement, user, name in named}


def _seen(agreements: Collection[Agreement], sees_requests: Collection[Agreement]) -> QuerySet[Notice]:
    served = Notice.objects.filter(agreement__in=agreements).exclude(stage__in=BEFORE_SERVICE)
    return served | Notice.objects.filter(agreement__in=sees_requests)
