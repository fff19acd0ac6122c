"""In which agreement a client may send the council's cases: read from its scopes at each batch."""

from contracts.held_scopes import scopes_held
from contracts.models import Agreement, ApiClient, Scope
from performance.council_sync.refused import name_the_agreement, not_yours


def may_send(client: ApiClient, agreement: Agreement) -> bool:
    """Whether the client has the scope in the agreement now."""
    return scopes_held(client).filter(agreement=agreement, scope=Scope.EARLY_HELP_WRITE).exists()


def agreement_for(client: ApiClient, reference: str | None) -> Agreement:
    """The agreement that a batch is of; where it names none, the only one in which the client may send.

    Raises BatchRefused, in the same words for an agreement that there is not.
    """
    sends = scopes_held(client).filter(scope=Scope.EARLY_HELP_WRITE)
    own = Agreement.objects.filter(pk__in=sends.values("agreement"))
    if reference is not None:
        own = own.filter(reference=reference) if "\0" not in reference else own.none()
    found = list(own.order_by("pk")[:2])
    if not found:
        raise not_yours()
    if len(found) > 1:
        raise name_the_agreement()
    return found[0]
