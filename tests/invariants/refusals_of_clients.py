"""What breaks each trigger of API clients and their scopes, and each constraint of how often tokens are asked for.

refusals_of_sync has the constraints of clients.
"""

from contracts.models import ApiClient, ClientScope, Organisation, Scope, TokenRequests
from tests.invariants.refusals import Refusals, again, changed
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


def token_requests() -> TokenRequests:
    """A minute in which one sender asked for a token."""
    return TokenRequests.objects.create(sender="192.0.2.1", minute=DEMO_MOMENT, requests=1)


OF_CLIENTS: Refusals = {
    "a_client_keeps_its_organisation": as_provider,
    "a_revoked_client_stays_revoked": lambda kent: changed(revoked(kent), revoked_at=None),
    "a_clients_scope_suits_its_party": lambda kent: changed(scope(kent), scope=Scope.RETURNS_WRITE),
    "a_senders_tokens_are_counted_by_the_minute": lambda _: again(token_requests()),
    "a_minute_of_token_requests_has_one": lambda _: changed(token_requests(), requests=0),
}
