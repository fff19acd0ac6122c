"""For which organisation a person acts in an agreement, and with whom they do."""

from django.db.models import F

from contracts.access import ROLE_PARTIES, ROLE_PERMISSIONS
from contracts.models import Agreement, Membership, Organisation, PartyRole, Role, User
from contracts.permissions import Permission


def organisation_acting(person: User, agreement: Agreement, permission: Permission) -> Organisation | None:
    """The party to `agreement` whose person `person` is in a role with `permission`; None where there is none."""
    held = (
        Membership.objects.filter(user=person, organisation__parties__agreement=agreement)
        .select_related("organisation")
        .order_by("pk")
        .annotate(party=F("organisation__parties__role"))
    )
    suited = (one for one in held if _gives(Role(one.role), PartyRole(one.party), permission))
    return next((one.organisation for one in suited), None)


def works_for(person: User, agreement: Agreement, party: PartyRole) -> bool:
    """Whether the person works, in whatever role, for an organisation that is that party to `agreement`."""
    own = Membership.objects.filter(user=person)
    return own.filter(organisation__parties__agreement=agreement, organisation__parties__role=party).exists()


def are_colleagues(person_id: int, other_id: int, agreement: Agreement) -> bool:
    """Whether both are one person, or work for one of the parties to `agreement`."""
    return person_id == other_id or bool(_parties_of(person_id, agreement) & _parties_of(other_id, agreement))


def _parties_of(person_id: int, agreement: Agreement) -> frozenset[int]:
    own = Membership.objects.filter(user=person_id, organisation__parties__agreement=agreement)
    return frozenset(own.values_list("organisation", flat=True))


def _gives(role: Role, party: PartyRole, permission: Permission) -> bool:
    return party in ROLE_PARTIES[role] and permission in ROLE_PERMISSIONS[role]
