"""The scopes that a client has at this moment: its rows, as long as its organisation is a party that they suit."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from contracts.models import SCOPE_PARTIES, ApiClient, ClientScope, Party


def scopes_held(client: ApiClient) -> QuerySet[ClientScope]:
    """Its scopes; none in an agreement that its organisation is no longer a party to, in a role that they suit."""
    parties = Party.objects.filter(agreement=OuterRef("agreement_id"), organisation=client.organisation_id)
    suits = Q(pk__in=[])
    for scope, roles in SCOPE_PARTIES.items():
        suits |= Q(Exists(parties.filter(role__in=roles)), scope=scope)
    return ClientScope.objects.filter(suits, client=client)
