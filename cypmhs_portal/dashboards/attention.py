"""What needs attention: who must do what, the most urgent first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from contracts.calendar import calendar_for
from contracts.formatting import count_of, month_name, weekday
from contracts.looking import Looking
from contracts.models import Agreement, PartyRole
from cypmhs_portal.dashboards.element_rows import ElementRow
from cypmhs_portal.reports.published import differing_figures
from performance.lateness import ReturnState, is_late
from performance.returns_held import ReturnsHeld
from performance.verdicts import Verdict

Parties = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to act on: its state as a tag, what it is, where it stands, and who acts next."""

    state: str
    colour: str
    what: str
    url: str
    detail: str
    who: str


def what_needs_attention(
    agreement: Agreement, rows: Sequence[ElementRow], returns: ReturnsHeld, on: date, as_at: datetime | None = None
) -> tuple[Attention, ...]:
    """Everything to act on in `agreement` as of `on`: late, sent back, waiting, not reported, differing.

    `rows` and `returns` are as known at `as_at`, None for now; so are the figures that papers differ from.
    """
    parties = dict(agreement.parties.values_list("role", "organisation__short_name"))
    return (
        *_late_returns(agreement, returns, parties, on),
        *_sent_back_returns(agreement, returns, parties, on),
        *_waiting_versions(agreement, returns, parties),
        *_not_reported(agreement, rows, parties, as_at),
        *_differing_figures(agreement, parties, as_at),
    )


def _late_returns(agreement: Agreement, returns: ReturnsHeld, parties: Parties, on: date) -> Iterator[Attention]:
    late = returns.in_state(ReturnState.LATE, on)
    if not late:
        return
    calendar = calendar_for(late[0].due_on.year, on.year)
    for one in reversed(late):
        days = calendar.between(one.due_on, on)
        yield Attention(
            state=f"{count_of(days, 'day')} late" if days else "Late",
            colour="red",
            what=f"The {month_name(one.month)} return has not been signed off",
            url=reverse("return_detail", args=[agreement.reference, one.month]),
            detail=f"Was due {weekday(one.due_on)}",
            who=parties.get(PartyRole.PROVIDER, ""),
        )


def _sent_back_returns(agreement: Agreement, returns: ReturnsHeld, parties: Parties, on: date) -> Iterator[Attention]:
    for one in reversed(returns.in_state(ReturnState.SENT_BACK, on)):
        yield Attention(
            state="Sent back",
            colour="orange",
            what=f"The {month_name(one.month)} return, version {one.sent_back}, was sent back",
            url=reverse("version_detail", args=[agreement.reference, one.month, one.sent_back]),
            detail=f"Was due {weekday(one.due_on)}" if is_late(one.due_on, on) else f"Due {weekday(one.due_on)}",
            who=parties.get(PartyRole.PROVIDER, ""),
        )


def _waiting_versions(agreement: Agreement, returns: ReturnsHeld, parties: Parties) -> Iterator[Attention]:
    for one in returns.waiting:
        yield Attention(
            state="To accept",
            colour="yellow",
            what=f"The {month_name(one.month)} return, version {one.waiting}, waits for acceptance",
            url=reverse("version_detail", args=[agreement.reference, one.month, one.waiting]),
            detail="Its figures are shown once it is accepted",
            who=parties.get(PartyRole.COORDINATING_COMMISSIONER, ""),
        )


def _not_reported(
    agreement: Agreement, rows: Sequence[ElementRow], parties: Parties, as_at: datetime | None
) -> Iterator[Attention]:
    for row in rows:
        series = row.series
        if row.verdict is not Verdict.NOT_AVAILABLE or row.headline is None or series is None or series.has_values:
            continue
        yield Attention(
            state="Not reported",
            colour="grey",
            what=f"{row.element.name} is not reported",
            url=reverse("element", args=[agreement.reference, row.element.code]) + Looking(as_at).query,
            detail=f"Not in any month since {month_name(series.months[0])}",
            who=parties.get(PartyRole.PROVIDER, ""),
        )


def _differing_figures(agreement: Agreement, parties: Parties, as_at: datetime | None) -> Iterator[Attention]:
    for comparison in differing_figures(agreement, as_at):
        published = comparison.published
        yield Attention(
            state="Differs",
            colour="blue",
            what=f"{published.figure}: the paper says {published.stated_as}, we work out {comparison.shown}",
            url=reverse("published", args=[agreement.reference]) + f"#{published.code}",
            detail=f"{comparison.worked_from}. Source: {published.source}",
            who=parties.get(PartyRole.COUNCIL, ""),
        )
