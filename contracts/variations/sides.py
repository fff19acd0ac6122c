"""For which organisations a person acts in an agreement, and which of them must sign its variations."""

from django.db.models import Q

from contracts.access import ROLE_PARTIES, ROLE_PERMISSIONS
from contracts.models import Agreement, Organisation, PartyRole, User
from contracts.permissions import Permission

# They are the two sides of the agreement: who pays, and who holds the contract.
ALWAYS_SIGN = (PartyRole.COUNCIL, PartyRole.COORDINATING_COMMISSIONER)


def acts_for(person: User, agreement: Agreement, permission: Permission) -> list[Organisation]:
    """The parties of `agreement` in which the person's role gives them `permission`, in the order of their names."""
    suits = Q(pk__in=[])
    for role, parties in ROLE_PARTIES.items():
        if permission in ROLE_PERMISSIONS[role]:
            suits |= Q(memberships__role=role, parties__role__in=parties)
    rows = Organisation.objects.filter(suits, memberships__user=person, parties__agreement=agreement)
    return list(rows.distinct().order_by("name", "pk"))


def who_must_sign(agreement: Agreement) -> list[Organisation]:
    """The parties whose signature a variation needs: councils, the coordinating commissioner, and who is marked so."""
    rows = agreement.parties.filter(Q(role__in=ALWAYS_SIGN) | Q(signs_variations=True)).select_related("organisation")
    found = {party.organisation_id: party.organisation for party in rows.order_by("pk")}
    return list(found.values())
