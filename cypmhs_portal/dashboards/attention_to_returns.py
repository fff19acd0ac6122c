"""Returns that need attention: late, sent back, waiting for acceptance, or without a figure that is asked for."""

from collections.abc import Iterator

from django.urls import reverse

from contracts.formatting import count_of, month_name, weekday
from contracts.looking import Looking
from contracts.models import PartyRole
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from performance.lateness import ReturnState, is_late
from performance.verdicts import Verdict


def late_returns(looked: LookedAt) -> Iterator[Attention]:
    """The returns that are late, the newest first."""
    for one in reversed(looked.returns.in_state(ReturnState.LATE, looked.on)):
        days = looked.calendar.between(one.due_on, looked.on)
        yield Attention(
            state=f"{count_of(days, 'day')} late" if days else "Late",
            colour="red",
            what=f"The {month_name(one.month)} return has not been signed off",
            url=reverse("return_detail", args=[looked.agreement.reference, one.month]),
            detail=f"Was due {weekday(one.due_on)}",
            who=looked.who(PartyRole.PROVIDER),
        )


def sent_back_returns(looked: LookedAt) -> Iterator[Attention]:
    """The returns that were sent back and did not come again."""
    for one in reversed(looked.returns.in_state(ReturnState.SENT_BACK, looked.on)):
        yield Attention(
            state="Sent back",
            colour="orange",
            what=f"The {month_name(one.month)} return, version {one.sent_back}, was sent back",
            url=reverse("version_detail", args=[looked.agreement.reference, one.month, one.sent_back]),
            detail=f"Was due {weekday(one.due_on)}" if is_late(one.due_on, looked.on) else f"Due {weekday(one.due_on)}",
            who=looked.who(PartyRole.PROVIDER),
        )


def waiting_versions(looked: LookedAt) -> Iterator[Attention]:
    """The versions that wait for the coordinating commissioner."""
    for one in looked.returns.waiting:
        yield Attention(
            state="To accept",
            colour="yellow",
            what=f"The {month_name(one.month)} return, version {one.waiting}, waits for acceptance",
            url=reverse("version_detail", args=[looked.agreement.reference, one.month, one.waiting]),
            detail="Its figures are shown once it is accepted",
            who=looked.who(PartyRole.COORDINATING_COMMISSIONER),
        )


def not_reported(looked: LookedAt) -> Iterator[Attention]:
    """The elements whose headline figure was never reported."""
    for row in looked.rows:
        series = row.series
        if row.verdict is not Verdict.NOT_AVAILABLE or row.headline is None or series is None or series.has_values:
            continue
        yield Attention(
            state="Not reported",
            colour="grey",
            what=f"{row.element.name} is not reported",
            url=reverse("element", args=[looked.agreement.reference, row.element.code]) + Looking(looked.as_at).query,
            detail=f"Not in any month since {month_name(series.months[0])}",
            who=looked.who(PartyRole.PROVIDER),
        )
