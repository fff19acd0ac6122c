"""Sending what was written down to be sent: each row once, whoever else is at it."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model, QuerySet

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Model)


def send_each(
    waiting: "QuerySet[Row]",
    write: Callable[[Row], EmailMessage],
    what: str,
    at: datetime,
    failed: Callable[[Any, Exception], object] | None = None,
) -> int:
    """Send the message of each row that has not gone; returns how many went.

    One that fails is logged as `what`, told to `failed` with its key, and the others do not wait for it.
    """
    sent = 0
    for key in waiting.order_by("pk").values_list("pk", flat=True):
        try:
            sent += _send(waiting, key, write, at)
        except (OSError, ValueError) as fault:
            logger.warning(
                "%s (%s) was not sent (%s: %s). It is tried again at the next turn.",
                what,
                key,
                type(fault).__name__,
                fault,
            )
            if failed:
                failed(key, fault)
    return sent


@transaction.atomic
def _send(waiting: "QuerySet[Row]", key: Any, write: Callable[[Row], EmailMessage], at: datetime) -> bool:
    """Send one message and write down that it went; False where another worker has it in hand or has sent it.

    The row stays locked while the mail server is spoken to, so nobody else sends it meanwhile.
    """
    row: Any = waiting.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, sent_at=None).first()
    if row is None:
        return False
    write(row).send()
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    return True
