"""What the worker does: ids in, one action, safe to run twice."""

import logging
from collections.abc import Callable, Iterable

from celery import shared_task

from contracts import clock
from contracts.models import Agreement
from performance.actions.days import open_the_day
from performance.actions.reminding import remind
from performance.actions.sync_alerts import alert
from performance.recompute import work_off

logger = logging.getLogger(__name__)


@shared_task(name="performance.work_off")
def work_off_needs(agreement_id: int) -> None:
    """Work off what one agreement needs worked out again."""
    work_off(Agreement.objects.get(pk=agreement_id))


@shared_task(name="performance.sweep_recomputes")
def sweep_recomputes() -> None:
    """Work off what a lost message left."""
    waiting = Agreement.objects.filter(recompute_needs__done_at__isnull=True).distinct()
    _each(waiting.order_by("pk"), work_off)


@shared_task(name="performance.open_the_day")
def open_the_portals_day() -> None:
    """Make the obligations and figures that a new day brings."""
    at = clock.now()
    _each(Agreement.objects.order_by("pk"), lambda agreement: open_the_day(agreement, at=at))


@shared_task(name="performance.send_reminders")
def send_reminders() -> None:
    """Remind of the returns that are due soon, due or late."""
    at = clock.now()
    _each(Agreement.objects.order_by("pk"), lambda agreement: remind(agreement, at=at))


@shared_task(name="performance.send_sync_alerts")
def send_sync_alerts() -> None:
    """Tell administrators of a sync that is silent for too long."""
    at = clock.now()
    watched = Agreement.objects.filter(sync_terms__hours_between_batches__isnull=False)
    _each(watched.order_by("pk"), lambda agreement: alert(agreement, at=at))


def _each(agreements: Iterable[Agreement], act: Callable[[Agreement], object]) -> None:
    """Act on every agreement: one that fails is logged, and the others do not wait for it."""
    for agreement in agreements:
        try:
            act(agreement)
        except Exception:
            logger.exception("The work for %s failed; the next sweep tries again.", agreement.reference)
