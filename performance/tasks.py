"""What the worker does: ids in, one action, safe to run twice."""

from celery import shared_task

from contracts import clock
from contracts.models import Agreement
from performance.actions.days import open_the_day
from performance.recompute import work_off


@shared_task(name="performance.work_off")
def work_off_needs(agreement_id: int) -> None:
    """Work off what one agreement needs worked out again."""
    work_off(Agreement.objects.get(pk=agreement_id))


@shared_task(name="performance.sweep_recomputes")
def sweep_recomputes() -> None:
    """Work off what a lost message left."""
    for agreement in Agreement.objects.filter(recompute_needs__done_at__isnull=True).distinct():
        work_off(agreement)


@shared_task(name="performance.open_the_day")
def open_the_portals_day() -> None:
    """Make the obligations and figures that a new day brings."""
    for agreement in Agreement.objects.all():
        open_the_day(agreement, at=clock.now())
