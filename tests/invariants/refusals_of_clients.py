"""What breaks each trigger of API clients and their scopes; refusals_of_sync has their constraints."""

from contracts.models import ApiClient, ClientScope, Organisation, Scope
from tests.invariants.refusals import Refusals, changed
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.council_sync import sender


def client(kent: Kent) -> ApiClient:
    """A system of the council's that may send its cases."""
    return sender(kent.agreement, DEMO_MOMENT)


def scope(kent: Kent) -> ClientScope:
    return client(kent).client_scopes.get()


def revoked(kent: Kent) -> ApiClient:
    return changed(client(kent), revoked_at=DEMO_MOMENT)


def as_provider(kent: Kent) -> ApiClient:
    """The council's system, made over to the provider."""
    return changed(client(kent), organisation=Organisation.objects.get(short_name="NELFT"))


OF_CLIENTS: Refusals = {
    "a_client_keeps_its_organisation": as_provider,
    "a_revoked_client_stays_revoked": lambda kent: changed(revoked(kent), revoked_at=None),
    "a_clients_scope_suits_its_party": lambda kent: changed(scope(kent), scope=Scope.RETURNS_WRITE),
}
