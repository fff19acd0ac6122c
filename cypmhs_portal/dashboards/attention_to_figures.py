"""Figures that need attention: those that papers and returns differ about, and months whose caseloads are disputed."""

from collections.abc import Iterator

from django.urls import reverse

from contracts.formatting import month_name
from contracts.looking import Looking
from contracts.models import PartyRole
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from cypmhs_portal.reports.published import differing_figures
from performance.dispute_rules import MonthState
from performance.disputes import month_disputes


def differing_figures_of_papers(looked: LookedAt) -> Iterator[Attention]:
    """The published figures that come to something else from the returns."""
    for comparison in differing_figures(looked.agreement, looked.as_at):
        published = comparison.published
        yield Attention(
            state="Differs",
            colour="blue",
            what=f"{published.figure}: the paper says {published.stated_as}, we work out {comparison.shown}",
            url=reverse("published", args=[looked.agreement.reference]) + f"#{published.code}",
            detail=f"{comparison.worked_from}. Source: {published.source}",
            who=looked.who(PartyRole.COUNCIL),
        )


def disputed_months(looked: LookedAt) -> Iterator[Attention]:
    """The months whose two caseloads differ without an explanation that both sides signed, the newest first."""
    disputes = month_disputes(looked.agreement, None, looked.as_at)
    both = " and ".join(name for role in (PartyRole.COUNCIL, PartyRole.PROVIDER) if (name := looked.who(role)))
    for month, dispute in sorted(disputes.items(), reverse=True):
        if dispute.state is MonthState.DISPUTED:
            yield Attention(
                state="Disputed",
                colour="orange",
                what=f"The two caseloads of {month_name(month)} differ",
                url=reverse("reconciliation_month", args=[looked.agreement.reference, month])
                + Looking(looked.as_at).query,
                detail=dispute.words,
                who=both,
            )
