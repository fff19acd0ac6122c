"""What breaks each constraint and trigger of API clients, their scopes and their use."""

from contracts.models import ApiClient, ClientScope, ClientUse, Organisation, Scope
from tests.invariants.refusals import Refusals, again, changed
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.council_sync import sender


def client(kent: Kent) -> ApiClient:
    """A system of the council's that may send its cases."""
    return sender(kent.agreement, DEMO_MOMENT)


def scope(kent: Kent) -> ClientScope:
    return client(kent).client_scopes.get()


def use(kent: Kent, requests: int = 1) -> ClientUse:
    return ClientUse.objects.create(client=client(kent), minute=DEMO_MOMENT, requests=requests)


def revoked(kent: Kent) -> ApiClient:
    return changed(client(kent), revoked_at=DEMO_MOMENT)


def as_provider(kent: Kent) -> ApiClient:
    """The council's system, made over to the provider."""
    return changed(client(kent), organisation=Organisation.objects.get(short_name="NELFT"))


OF_CLIENTS: Refusals = {
    "a_client_signs_in_with_its_own_secret": lambda kent: changed(
        client(kent), authorization_grant_type="authorization-code"
    ),
    "a_clients_secret_is_kept_as_a_hash": lambda kent: changed(client(kent), hash_client_secret=False),
    "a_client_has_a_name": lambda kent: changed(client(kent), name=""),
    "a_client_may_ask_at_all": lambda kent: changed(client(kent), requests_a_minute=0),
    "a_client_keeps_its_organisation": as_provider,
    "a_revoked_client_stays_revoked": lambda kent: changed(revoked(kent), revoked_at=None),
    "a_client_has_a_scope_once_in_an_agreement": lambda kent: again(scope(kent)),
    "a_client_has_known_scopes": lambda kent: changed(scope(kent), scope="everything"),
    "a_clients_scope_suits_its_party": lambda kent: changed(scope(kent), scope=Scope.RETURNS_WRITE),
    "a_clients_requests_are_counted_by_the_minute": lambda kent: again(use(kent)),
    "a_minute_of_use_has_a_request": lambda kent: use(kent, requests=0),
}
