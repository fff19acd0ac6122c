"""Contract levers that need attention: clocks that have run out or soon will, and notices that were asked for."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.formatting import count_of, weekday
from contracts.levers.board import BoardState, state_of_clock
from contracts.levers.clocks import ClockReading
from contracts.levers.ladder import NoticeStage
from contracts.levers.steps_shown import lever_shown
from contracts.levers.turns import Waiting, waiting_of, whose_turn
from contracts.models import Notice, NoticeClock, PartyRole
from contracts.queries.held_clocks import reading_of
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from cypmhs_portal.levers.suggested import suggestions_for


def overdue_clocks(looked: LookedAt) -> Iterator[Attention]:
    """The clocks whose day has passed, the longest overdue first."""
    for clock, reading in _read(looked):
        if state_of_clock(reading) == BoardState.OVERDUE:
            yield _attention(looked, clock, reading, "red")


def clocks_due_soon(looked: LookedAt) -> Iterator[Attention]:
    """The clocks that run out within a few Operational Days, the next first; one that is paused does not."""
    for clock, reading in _read(looked):
        if state_of_clock(reading) == BoardState.DUE_SOON:
            yield _attention(looked, clock, reading, "orange")


def notices_asked_for(looked: LookedAt) -> Iterator[Attention]:
    """The notices that wait for the coordinating commissioner to serve or decline them, the oldest first."""
    asked = Notice.objects.filter(agreement=looked.agreement, stage=NoticeStage.ASKED)
    for notice in asked.select_related("kind").order_by("asked_at", "pk"):
        yield Attention(
            state="Asked for",
            colour="yellow",
            what=str(notice),
            url=reverse("notice_detail", args=[looked.agreement.reference, notice.pk]),
            detail=f"Asked for by {notice.asked_by_name} on {weekday(timezone.localtime(notice.asked_at).date())}",
            who=looked.who(PartyRole.COORDINATING_COMMISSIONER),
        )


def suggested_levers(looked: LookedAt) -> Iterator[Attention]:
    """The contract levers whose terms are met and that no open notice covers; a person decides."""
    for one in suggestions_for(looked.agreement, looked.on, looked.returns).new:
        yield Attention(
            state="Suggested",
            colour="blue",
            what=f"{one.kind.name}: {one.met.subject}",
            url=reverse("notices_suggested", args=[looked.agreement.reference]),
            detail=one.met.found,
            who=looked.who(PartyRole.COUNCIL),
        )


def days_in_words(days_left: int, *, is_overdue: bool) -> str:
    """The tag of what is due on a day, in Operational Days: "5 days over", "2 days left", "Due today"."""
    days = abs(days_left)
    if is_overdue:
        return f"{count_of(days, 'day')} over" if days else "Overdue"
    return f"{count_of(days, 'day')} left" if days else "Due today"


def lever_in_words(waiting: Waiting, notice: Notice) -> str:
    """What may come next, as the end of a detail: ". Next lever: Exception report"; empty where there is nothing."""
    names = {step.stage: step.name for step in notice.kind.steps.all()}
    return f". Next lever: {lever_shown(waiting.next_lever, names)}" if waiting.next_lever else ""


def _read(looked: LookedAt) -> Iterator[tuple[NoticeClock, ClockReading]]:
    return ((clock, reading_of(clock, looked.calendar, looked.on)) for clock in looked.levers.clocks)


def _attention(looked: LookedAt, clock: NoticeClock, reading: ClockReading, colour: str) -> Attention:
    is_overdue = reading.overdue_since is not None
    waiting = waiting_of(clock.notice, is_overdue=is_overdue)
    due = f"{'Was due' if is_overdue else 'Due'} {weekday(reading.due_on)}"
    return Attention(
        state=days_in_words(reading.days_left, is_overdue=is_overdue),
        colour=colour,
        what=f"{clock.notice}",
        url=reverse("notice_detail", args=[looked.agreement.reference, clock.notice_id]),
        detail=f"{clock.term.step.name}. {due}{lever_in_words(waiting, clock.notice)}",
        who=whose_turn(waiting, looked.parties),
    )
