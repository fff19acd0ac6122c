"""What the worker does for the API: ids in, one act, safe to run twice."""

from celery import shared_task
from oauth2_provider.models import clear_expired

from contracts.client_use import clear_old_token_requests, clear_old_use


@shared_task(name="contracts.clear_left")
def clear_left() -> None:
    """Clear tokens that have expired, and the minutes of requests that nobody asks about any more."""
    clear_expired()  # type: ignore[no-untyped-call]  # untyped there
    clear_old_use()
    clear_old_token_requests()
