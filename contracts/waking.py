"""Waking the worker: a message that may be lost, because what it is about is a row that beat sweeps."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_the_worker(task: str, *args: object) -> None:
    """Send the worker a message; a broker that is away is logged and otherwise does no harm."""
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not take a message (%s); the sweep will do the work.", type(error).__name__)
