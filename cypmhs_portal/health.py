"""Whether this process lives and whether it can serve, for those who start and watch it. Plain JSON."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError

from contracts.access import public

UNAVAILABLE = 503
BROKER_SECONDS = 2


@public
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of the database or the broker."""
    return JsonResponse({"status": "alive"})


@public
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its migrations are applied, else 503.

    A broker that does not answer is reported and is no reason to turn people away: acceptances succeed
    without it and the figures follow when it is back.
    """
    database = database_state()
    ready = database == "ready"
    state = {"status": "ready" if ready else "not ready", "database": database, "broker": broker_state()}
    return JsonResponse(state, status=200 if ready else UNAVAILABLE)


def database_state() -> str:
    """`ready`, `migrations are missing` or `does not answer`."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "does not answer"
    return "migrations are missing" if missing else "ready"


def broker_state() -> str:
    """`ready` or `does not answer`, asked for at most two seconds."""
    broker = Connection(settings.CELERY_BROKER_URL, connect_timeout=BROKER_SECONDS)
    try:
        with broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except (OperationalError, OSError):
        return "does not answer"
    return "ready"
