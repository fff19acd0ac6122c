"""Who may prepare or certify an annual statement, and why somebody else may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.access import Standing
from contracts.formatting import day
from contracts.models import Agreement, Organisation, PartyRole
from contracts.permissions import Permission
from funding.models import AnnualStatement
from funding.payers import own_council, payee_of
from funding.statement_words import no_officer, year_end
from performance.who_may import Step


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands in the way of certifying the latest version, and whether the figures moved since it was prepared."""

    obstacles: Sequence[str]
    has_changed: bool


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
    found: Findings,
    on: date,
) -> StatementSteps:
    """The steps of the year's statement for this reader, on the day `on`."""
    preparing = _preparing(standing, payer, year_start, on)
    if preparing.may and latest is not None and is_settled(latest, has_changed=found.has_changed):
        preparing = Step(False, nothing_to_prepare(latest))
    return StatementSteps(preparing, _certifying(standing, latest, found.obstacles))


def is_settled(latest: AnnualStatement, *, has_changed: bool) -> bool:
    """Whether the latest version is certified and its figures are still those of today."""
    return hasattr(latest, "certificate") and not has_changed


def nothing_to_prepare(latest: AnnualStatement) -> str:
    """Why no version follows a certified one whose figures have not changed."""
    return f"{latest} is certified and its figures have not changed, so there is no new version to prepare."


def has_an_officer(agreement: Agreement) -> bool:
    """Whether a coordinating commissioner is a party, whose officer certifies statements."""
    return agreement.parties.filter(role=PartyRole.COORDINATING_COMMISSIONER).exists()


def _preparing(standing: Standing, payer: Organisation, year_start: date, on: date) -> Step:
    if on <= year_end(year_start):
        return Step(False, f"The year ends on {day(year_end(year_start))}: its statement is prepared after that.")
    if not standing.may(Permission.PREPARE_STATEMENT) or own_council(standing.agreement, standing.user) != payer:
        return Step(False, f"{payer.short_name}’s finance officers prepare the statement.")
    return Step(True)


def _certifying(standing: Standing, latest: AnnualStatement | None, obstacles: Sequence[str]) -> Step | None:
    """None before there is a statement and once it is certified; where nobody may ever certify, that is said first."""
    if latest is not None and hasattr(latest, "certificate"):
        return None
    if not has_an_officer(standing.agreement):
        recipient = latest.recipient if latest else payee_of(standing.agreement)
        return Step(False, no_officer(recipient.short_name if recipient else "Nobody"))
    return _by_the_officer(standing, latest, obstacles) if latest else None


def _by_the_officer(standing: Standing, latest: AnnualStatement, obstacles: Sequence[str]) -> Step:
    if obstacles:
        return Step(False, f"It cannot be certified yet. {' '.join(obstacles)}")
    may = standing.may(Permission.CERTIFY_STATEMENT)
    if not may or not standing.user.memberships.filter(organisation=latest.recipient).exists():
        return Step(False, f"{latest.recipient.short_name}’s officer, who received the money, certifies the statement.")
    if standing.user.pk == latest.prepared_by_id:
        return Step(False, "You prepared this statement, so somebody else certifies it.")
    return Step(True)
