"""Who may prepare or certify an annual statement, and why somebody else may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.access import Permission, Standing
from contracts.formatting import day
from contracts.models import Organisation
from funding.models import AnnualStatement
from funding.payers import own_council
from funding.statement_words import year_end
from performance.who_may import Step


@dataclass(frozen=True, slots=True)
class StatementSteps:
    """The steps of a statement, each open to the reader or with the reason why not; None where there is none."""

    preparing: Step
    certifying: Step | None


def statement_steps(
    standing: Standing,
    payer: Organisation,
    year_start: date,
    latest: AnnualStatement | None,
    obstacles: Sequence[str],
    on: date,
) -> StatementSteps:
    """The steps of the year's statement for this reader, on the day `on`."""
    return StatementSteps(_preparing(standing, payer, year_start, on), _certifying(standing, latest, obstacles))


def _preparing(standing: Standing, payer: Organisation, year_start: date, on: date) -> Step:
    if on <= year_end(year_start):
        return Step(False, f"The year ends on {day(year_end(year_start))}: its statement is prepared after that.")
    if not standing.may(Permission.PREPARE_STATEMENT) or own_council(standing.agreement, standing.user) != payer:
        return Step(False, f"{payer.short_name}’s finance officers prepare the statement.")
    return Step(True)


def _certifying(standing: Standing, latest: AnnualStatement | None, obstacles: Sequence[str]) -> Step | None:
    """None before there is a statement and once it is certified."""
    if latest is None or hasattr(latest, "certificate"):
        return None
    if obstacles:
        return Step(False, f"It cannot be certified yet. {' '.join(obstacles)}")
    may = standing.may(Permission.CERTIFY_STATEMENT)
    if not may or not standing.user.memberships.filter(organisation=latest.recipient).exists():
        return Step(False, f"{latest.recipient.short_name}’s officer, who received the money, certifies the statement.")
    if standing.user.pk == latest.prepared_by_id:
        return Step(False, "You prepared this statement, so somebody else certifies it.")
    return Step(True)
