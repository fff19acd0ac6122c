"""What needs attention: who must do what, the most urgent first, as far as the reader may see it.

The overview is kept for all readers of the same sight: `sight_of` names those permissions of a reader that a source
asks for, and is part of what the page is kept under.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.access import Standing
from contracts.calendar import calendar_for
from contracts.models import Agreement
from contracts.permissions import Permission
from contracts.queries.board_notices import parties_of
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt, Source
from cypmhs_portal.dashboards.attention_to_actions import overdue_actions
from cypmhs_portal.dashboards.attention_to_figures import differing_figures_of_papers, disputed_months
from cypmhs_portal.dashboards.attention_to_levers import (
    clocks_due_soon,
    notices_asked_for,
    overdue_clocks,
    suggested_levers,
)
from cypmhs_portal.dashboards.attention_to_notices import (
    clock_changes_to_answer,
    notices_to_acknowledge,
    notices_without_a_day,
)
from cypmhs_portal.dashboards.attention_to_plans import (
    milestones_due_soon,
    milestones_to_judge,
    overdue_milestones,
    plans_to_agree,
)
from cypmhs_portal.dashboards.attention_to_returns import (
    late_returns,
    not_reported,
    sent_back_returns,
    waiting_versions,
)
from cypmhs_portal.dashboards.attention_to_terms import variations_to_sign
from cypmhs_portal.dashboards.element_rows import ElementRow
from cypmhs_portal.dashboards.running_levers import NOTHING_RUNS, running_levers
from cypmhs_portal.exits.attention import overdue_handover
from performance.returns_held import ReturnsHeld

Sight = frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Told:
    """A source in the list: whose permission it takes, and whether it can say how things stood at an earlier moment."""

    source: Source
    permission: Permission
    looks_back: bool = False


# The most urgent first.
SOURCES = (
    Told(overdue_clocks, Permission.SEE_NOTICES),
    Told(overdue_milestones, Permission.SEE_NOTICES),
    Told(late_returns, Permission.SEE_FIGURES, looks_back=True),
    Told(sent_back_returns, Permission.SEE_FIGURES, looks_back=True),
    Told(overdue_actions, Permission.SEE_DECISIONS),
    Told(overdue_handover, Permission.SEE_MONEY),
    Told(clocks_due_soon, Permission.SEE_NOTICES),
    Told(milestones_due_soon, Permission.SEE_NOTICES),
    Told(clock_changes_to_answer, Permission.SEE_NOTICES),
    Told(plans_to_agree, Permission.SEE_NOTICES),
    Told(milestones_to_judge, Permission.SEE_NOTICES),
    Told(notices_to_acknowledge, Permission.SEE_NOTICES),
    Told(notices_without_a_day, Permission.SEE_NOTICES),
    Told(notices_asked_for, Permission.SEE_REQUESTS),
    Told(variations_to_sign, Permission.SEE_VARIATIONS),
    Told(waiting_versions, Permission.SEE_FIGURES, looks_back=True),
    Told(suggested_levers, Permission.SEE_REQUESTS),
    Told(disputed_months, Permission.SEE_FIGURES, looks_back=True),
    Told(not_reported, Permission.SEE_FIGURES, looks_back=True),
    Told(differing_figures_of_papers, Permission.SEE_FIGURES, looks_back=True),
)


def sight_of(standing: Standing) -> Sight:
    """Those of the reader's permissions that a source takes: readers with the same see the same."""
    return frozenset(told.permission for told in SOURCES if standing.may(told.permission))


def what_needs_attention(
    agreement: Agreement,
    rows: Sequence[ElementRow],
    returns: ReturnsHeld,
    on: date,
    sight: Sight,
    as_at: datetime | None = None,
) -> tuple[Attention, ...]:
    """Everything to act on in `agreement` as of `on` that a reader of that sight may see.

    `rows` and `returns` are as known at `as_at`, None for now; so are the figures that papers differ from. What has no
    history that can be asked is left out of a look back.
    """
    parties = parties_of([agreement]).get(agreement.pk, {})
    calendar = calendar_for(min(agreement.starts_on.year, on.year), on.year + 1)
    levers = running_levers(agreement) if Permission.SEE_NOTICES in sight and as_at is None else NOTHING_RUNS
    looked = LookedAt(agreement, parties, rows, returns, calendar, on, as_at, levers)
    return tuple(one for told in SOURCES if _is_told(told, sight, as_at) for one in told.source(looked))


def _is_told(told: Told, sight: Sight, as_at: datetime | None) -> bool:
    return told.permission in sight and (as_at is None or told.looks_back)
