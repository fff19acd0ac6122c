"""In which agreement a client may send the council's cases: read from its scopes at each batch."""

from contracts.models import Agreement, ApiClient, ClientScope, Scope
from performance.council_sync.refused import name_the_agreement, not_yours


def may_send(client: ApiClient, agreement: Agreement) -> bool:
    """Whether the client has the scope in the agreement now."""
    return ClientScope.objects.filter(client=client, agreement=agreement, scope=Scope.EARLY_HELP_WRITE).exists()


def agreement_for(client: ApiClient, reference: str | None) -> Agreement:
    """The agreement that a batch is of; where it names none, the only one in which the client may send.

    Raises BatchRefused, in the same words for an agreement that there is not.
    """
    own = Agreement.objects.filter(client_scopes__client=client, client_scopes__scope=Scope.EARLY_HELP_WRITE)
    if reference is not None:
        own = own.filter(reference=reference) if "\0" not in reference else own.none()
    found = list(own.order_by("pk")[:2])
    if not found:
        raise not_yours()
    if len(found) > 1:
        raise name_the_agreement()
    return found[0]
