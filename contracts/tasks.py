"""What the worker does: ids in, one act, safe to run twice."""

import logging

from celery import shared_task
from django.utils import timezone
from oauth2_provider.models import clear_expired

from contracts import clock
from contracts.actions.clock_retiming import retime_open_clocks
from contracts.actions.notice_mails import send_notice_mails
from contracts.audit import WORKER
from contracts.client_use import clear_old_token_requests, clear_old_use
from contracts.models import Agreement

logger = logging.getLogger(__name__)
CALENDAR_CHANGED = "The list of bank holidays in England changed"


@shared_task(name="contracts.clear_left")
def clear_left() -> None:
    """Clear tokens that have expired, and the minutes of requests that nobody asks about any more."""
    clear_expired()  # type: ignore[no-untyped-call]  # untyped there
    clear_old_use()
    clear_old_token_requests()


@shared_task(name="contracts.retime_clocks")
def retime_clocks() -> None:
    """Time open clocks anew, in case a new list of bank holidays came with an update of the portal.

    An agreement whose clocks cannot be timed is logged, and the others do not wait for it.
    """
    at = clock.now()
    for agreement in (
        Agreement.objects.filter(notices__clocks__isnull=False, notices__clocks__ended_on__isnull=True)
        .distinct()
        .order_by("pk")
    ):
        try:
            retime_open_clocks(agreements=[agreement], by=WORKER, at=at, reason=CALENDAR_CHANGED)
        except Exception:
            logger.exception("The clocks of %s could not be timed; the next night tries again.", agreement.reference)


@shared_task(name="contracts.send_notice_mails")
def send_what_is_told_of_notices() -> None:
    """Send the mails about notices that were written and not sent; they keep real time, as the audit trail does."""
    send_notice_mails(at=timezone.now())
