"""A client as pages know their reader: of one agreement, with what it may see there."""

from dataclasses import dataclass

from contracts.access import Permission
from contracts.api.authentication import Caller
from contracts.models import Agreement, ClientScope, PartyRole, Scope

READS = frozenset({Permission.SEE_AGREEMENT, Permission.SEE_FIGURES, Permission.SEE_RETURNS})


@dataclass(frozen=True, slots=True)
class ClientReader:
    """What a client sees in `agreement`. Exact small counts and references of cases are never among it."""

    agreement: Agreement
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether the client has `permission` here."""
        return permission in self.permissions


def reader_for(caller: Caller, agreement: Agreement) -> ClientReader:
    """The client as a reader. A provider's own system that uploads returns sees its drafts too. One query."""
    if Scope.RETURNS_WRITE not in caller.token_scopes:
        return ClientReader(agreement, READS)
    uploads_for_its_own = ClientScope.objects.filter(
        client=caller.client,
        agreement=agreement,
        scope=Scope.RETURNS_WRITE,
        client__organisation__parties__agreement=agreement,
        client__organisation__parties__role=PartyRole.PROVIDER,
    ).exists()
    return ClientReader(agreement, READS | {Permission.SEE_UPLOADS} if uploads_for_its_own else READS)
