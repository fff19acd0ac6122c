"""Contract levers that need attention: clocks that have run out or soon will, and notices that were asked for."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from contracts.formatting import count_of, weekday
from contracts.levers.board import SOON
from contracts.levers.ladder import NoticeStage
from contracts.models import Agreement, Notice, NoticeClock, PartyRole, WhoActs
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from cypmhs_portal.levers.suggested import suggestions_for


def running_clocks(agreement: Agreement) -> Sequence[NoticeClock]:
    """The clocks that run, the next that is due first. One query."""
    clocks = NoticeClock.objects.filter(notice__agreement=agreement, ended_on=None)
    return list(clocks.select_related("notice__kind", "term__step").order_by("due_on", "pk"))


def overdue_clocks(looked: LookedAt) -> Iterator[Attention]:
    """The clocks whose day has passed, the longest overdue first."""
    for clock in looked.clocks:
        if clock.due_on < looked.on:
            days = looked.calendar.between(clock.due_on, looked.on)
            state = f"{count_of(days, 'day')} over" if days else "Overdue"
            yield _attention(looked, clock, state, "red", f"Was due {weekday(clock.due_on)}")


def clocks_due_soon(looked: LookedAt) -> Iterator[Attention]:
    """The clocks that run out within a few Operational Days, the next first."""
    for clock in looked.clocks:
        days = looked.calendar.between(looked.on, clock.due_on)
        if clock.due_on >= looked.on and days <= SOON:
            state = f"{count_of(days, 'day')} left" if days else "Due today"
            yield _attention(looked, clock, state, "orange", f"Due {weekday(clock.due_on)}")


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


def _attention(looked: LookedAt, clock: NoticeClock, state: str, colour: str, detail: str) -> Attention:
    return Attention(
        state=state,
        colour=colour,
        what=f"{clock.notice}",
        url=reverse("notice_detail", args=[looked.agreement.reference, clock.notice_id]),
        detail=f"{clock.term.step.name}. {detail}",
        who=_who(looked, clock.term.step.who_acts),
    )


def _who(looked: LookedAt, acts: str) -> str:
    commissioner, provider = looked.who(PartyRole.COORDINATING_COMMISSIONER), looked.who(PartyRole.PROVIDER)
    return {WhoActs.COMMISSIONER: commissioner, WhoActs.PROVIDER: provider}.get(
        WhoActs(acts), f"{commissioner} and {provider}"
    )
