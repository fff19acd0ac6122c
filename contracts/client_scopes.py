"""Which scopes suit a client: those that suit its organisation's part in the agreement."""

from collections.abc import Collection, Iterable

from contracts.models import SCOPE_PARTIES, Agreement, Organisation, Party, PartyRole, Scope

# One thing that a client may do in one agreement.
Held = tuple[Agreement, Scope]


class UnsuitableScopeError(ValueError):
    """A client would be given what its organisation has no part in; the message says what and why."""


def check_suits(organisation: Organisation, held: Iterable[Held]) -> None:
    """Raises UnsuitableScopeError for the first scope that does not suit the organisation."""
    for agreement, scope in held:
        why_not = why_unsuitable(organisation, agreement, scope)
        if why_not:
            raise UnsuitableScopeError(why_not)


def why_unsuitable(organisation: Organisation, agreement: Agreement, scope: Scope) -> str:
    """Why a client of `organisation` may not have `scope` in `agreement`; "" where it may. One query."""
    roles = Party.objects.filter(agreement=agreement, organisation=organisation).values_list("role", flat=True)
    is_role = [PartyRole(role) for role in roles]
    if not is_role:
        return (
            f"{organisation} is no party of {agreement}. Choose an agreement that it is a party of, or add it to "
            "the parties on the agreement’s page first."
        )
    suits = SCOPE_PARTIES[scope]
    if suits.isdisjoint(is_role):
        found, wanted = (_in_words(some) for some in (is_role, suits))
        return f"{organisation} is {found} of {agreement}. “{scope.label}” is for {wanted}: take this row out."
    return ""


def _in_words(roles: Collection[PartyRole]) -> str:
    """ "the council", "the auditor or the council"."""
    return " or ".join(f"the {role.label.lower()}" for role in sorted(roles, key=lambda role: role.label))
