"""On which side of the two caseloads somebody stands, and what each side is called."""

from contracts.access import Standing
from contracts.models import Role
from performance.reconciliation import Side
from performance.return_pages.sight import Names

SIDES = {
    Role.COUNCIL_COMMISSIONER: Side.COUNCIL,
    Role.PROVIDER_EDITOR: Side.PROVIDER,
    Role.PROVIDER_SIGNATORY: Side.PROVIDER,
}


def side_of(standing: Standing) -> Side | None:
    """The side that a person speaks for; None for nobody's, and for one who stands on both and so cannot answer."""
    sides = {SIDES[role] for role in standing.roles if role in SIDES}
    return sides.pop() if len(sides) == 1 else None


def name_of(side: Side, names: Names) -> str:
    """The side's short name: "NELFT", "KCC"."""
    return (names.provider if side is Side.PROVIDER else names.council) or side.label


def other(side: Side) -> Side:
    """The side across."""
    return Side.COUNCIL if side is Side.PROVIDER else Side.PROVIDER
