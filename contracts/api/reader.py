"""A client as pages know their reader: of one agreement, with what it may see there."""

from dataclasses import dataclass

from contracts.api.authentication import Caller
from contracts.held_scopes import scopes_held
from contracts.models import Agreement, Scope
from contracts.permissions import Permission

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
    uploads = scopes_held(caller.client).filter(agreement=agreement, scope=Scope.RETURNS_WRITE).exists()
    return ClientReader(agreement, READS | {Permission.SEE_UPLOADS} if uploads else READS)
