"""Notices that wait for an answer: changes proposed for their clocks, and notices that nobody has acknowledged."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from contracts.formatting import weekday
from contracts.levers.ladder import ENDS, NoticeStage
from contracts.levers.turns import waiting_of, who_answers, whose_turn
from contracts.models import EntryKind, Notice, NoticeClock, NoticeEntry, PartyRole
from contracts.queries.board_notices import open_proposal
from contracts.queries.held_clocks import change_in_words
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt


def clock_changes_to_answer(looked: LookedAt) -> Iterator[Attention]:
    """The extensions and pauses that one side proposed and the other has not answered, the next clock due first."""
    for clock in looked.levers.clocks:
        change = open_proposal(clock)
        if change is not None:
            proposer = change.proposed_for.short_name
            yield Attention(
                state="To answer",
                colour="yellow",
                what=str(clock.notice),
                url=reverse("notice_detail", args=[looked.agreement.reference, clock.notice_id]) + "#proposal",
                detail=f"{proposer} proposed {change_in_words(change)}. Due {weekday(clock.due_on)} until it is agreed",
                who=who_answers(proposer, looked.parties),
            )


def notices_without_a_day(looked: LookedAt) -> Iterator[Attention]:
    """The open notices that were served and on which neither clock nor plan runs, the oldest first. Two queries."""
    clock = NoticeClock.objects.filter(notice=OuterRef("pk"), ended_on=None)
    rows = Notice.objects.filter(~Exists(clock), agreement=looked.agreement, number__isnull=False)
    rows = rows.exclude(stage__in=(*ENDS, NoticeStage.MONITORED)).select_related("kind")
    for notice in rows.prefetch_related("kind__steps").order_by("served_on", "pk"):
        yield Attention(
            state="Open",
            colour="grey",
            what=str(notice),
            url=reverse("notice_detail", args=[looked.agreement.reference, notice.pk]),
            detail=f"{notice.get_stage_display()}, and no day is set for it",
            who=whose_turn(waiting_of(notice), looked.parties),
        )


def notices_to_acknowledge(looked: LookedAt) -> Iterator[Attention]:
    """The open notices that were served and not acknowledged, the oldest first. One query."""
    said = NoticeEntry.objects.filter(notice=OuterRef("pk"), kind=EntryKind.ACKNOWLEDGED)
    rows = Notice.objects.filter(~Exists(said), agreement=looked.agreement, number__isnull=False)
    for notice in rows.exclude(stage__in=ENDS).select_related("kind").order_by("served_on", "pk"):
        yield Attention(
            state="Served",
            colour="yellow",
            what=str(notice),
            url=reverse("notice_detail", args=[looked.agreement.reference, notice.pk]) + "#acknowledge",
            detail=f"To be acknowledged, served on {weekday(notice.served_on)}",
            who=looked.who(PartyRole.PROVIDER),
        )
