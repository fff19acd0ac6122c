"""The batches that came: the newest of each agreement, and what was refused of late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max

from contracts.models import Agreement
from performance.council_coverage import TOLD_NOTHING
from performance.models import SyncRun
from performance.sync_health import lasted, refusals_since
from performance.sync_pages.shapes import LastBatch, RefusalRow

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
COUNTED = ("created", "updated", "unchanged", "stale", "refused")
# When a batch came, and how many of its cases were refused, by reason.
Lately = tuple[datetime, Mapping[str, int]]
News = tuple[date | None, datetime | None]


def last_runs(agreements: Iterable[Agreement]) -> dict[int, SyncRun]:
    """The newest batch of each agreement that told something, by the agreement's number.

    One query, which leaves the cases' results.
    """
    told = SyncRun.objects.filter(agreement__in=agreements).exclude(TOLD_NOTHING)
    newest = told.order_by("agreement", "-received_at", "-pk")
    rows = newest.distinct("agreement").select_related("client").defer("results", "refusals")
    return {run.agreement_id: run for run in rows}


def news_of(agreements: Iterable[Agreement]) -> dict[int, News]:
    """The newest day described, and when a batch was last refused whole, by the agreement's number. One query."""
    rows = SyncRun.objects.filter(agreement__in=agreements).values_list("agreement")
    news = rows.annotate(day=Max("as_of", filter=~TOLD_NOTHING), refused_at=Max("received_at", filter=TOLD_NOTHING))
    return {agreement: (day, refused_at) for agreement, day, refused_at in news}


def runs_lately(agreements: Iterable[Agreement], at: datetime) -> dict[int, list[Lately]]:
    """The batches of the last 30 days, by the agreement's number. One query."""
    found: dict[int, list[Lately]] = defaultdict(list)
    rows = SyncRun.objects.filter(agreement__in=agreements, received_at__gte=at - MONTH)
    for agreement, received_at, refusals in rows.values_list("agreement", "received_at", "refusals"):
        found[agreement].append((received_at, refusals))
    return found


def last_batch(run: SyncRun, at: datetime) -> LastBatch:
    """A batch as the page shows it."""
    newest = run.newest_updated_at
    return LastBatch(
        run.received_at,
        run.as_of,
        run.client.name,
        tuple((name, getattr(run, name)) for name in COUNTED),
        lasted(newest, run.received_at) if newest else "",
        lasted(run.received_at, at),
    )


def refusal_rows(lately: Sequence[Lately], at: datetime) -> tuple[RefusalRow, ...]:
    """The reasons of the last 30 days, the most frequent first."""
    week, month = refusals_since(at - WEEK, lately), refusals_since(at - MONTH, lately)
    return tuple(RefusalRow(_in_words(reason), week[reason], number) for reason, number in month.most_common())


def _in_words(reason: str) -> str:
    """ "Unknown district" for the code "unknown-district"."""
    return reason.replace("-", " ").capitalize()
