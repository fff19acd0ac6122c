"""Recomputes through real processes: a worker that is told, killed or away, a broker that is away, two at once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, transaction

from contracts.audit import CONSOLE
from contracts.models import Agreement, Event
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Figure, RecomputeNeed, Version
from performance.needs import state_need
from performance.recompute import LOCK_OF_RECOMPUTES, work_off
from performance.tasks import sweep_recomputes
from tests.hostile_files.build import valid_content
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.processes import NOBODY, ran, soon, worker
from tests.signing import signed_off

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = date(2019, 8, 1)
# As the web does it: the message goes out after the commit.
ACCEPT = """
import sys, django
django.setup()
from contracts import clock
from contracts.audit import CONSOLE
from performance.actions.deciding import accept
from performance.models import Version
accept(Version.objects.get(pk=sys.argv[1]), by=CONSOLE, at=clock.now())
"""


@pytest.fixture(autouse=True)
def no_messages_left(kent: Kent) -> Iterator[None]:
    """Messages of a test do not outlive its rows."""
    yield
    current_app.control.purge()


def nothing_waits() -> bool:
    return not RecomputeNeed.objects.filter(done_at=None).exists()


def caseload() -> int | None:
    """Kent's Early Help caseload of August as known now, None without a figure."""
    known = Figure.objects.filter(indicator__code="early-help-caseload", area__code="kent", known_until=None)
    value = known.filter(month=AUGUST).values_list("value", flat=True).first()
    return None if value is None else int(value)


def all_once() -> bool:
    """Whether every figure there is was written once and is known now."""
    keys = list(Figure.objects.values_list("indicator", "element", "area", "month"))
    return len(keys) == len(set(keys)) and not Figure.objects.exclude(known_until=None).exists()


def at_once(action: Callable[[], int], count: int = 2) -> list[int]:
    """What `action` answers in several threads that begin together, each on a connection of its own."""
    together = threading.Barrier(count)

    def run(_number: int) -> int:
        together.wait()
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_two_at_once_give_one_result(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    for reason in ("A target was changed", "A funding line was changed"):
        state_need(kent.agreement, AUGUST, None, reason=reason, at=DEMO_MOMENT)
    done = at_once(lambda: work_off(Agreement.objects.get(pk=kent.agreement.pk)))
    assert sum(done) == 3
    assert nothing_waits()
    assert (caseload(), all_once()) == (191, True)
    assert Event.objects.filter(action="figures worked out").count() == 3


def test_a_worker_is_told_and_the_figures_follow(kent: Kent, tmp_path: Path) -> None:
    with worker(tmp_path / "worker.log"):
        take_in(kent, [AUGUST])
        assert soon(nothing_waits), (tmp_path / "worker.log").read_text()
        assert (caseload(), all_once()) == (191, True)
        # A need whose message was lost, and the sweep that beat asks for.
        state_need(kent.agreement, AUGUST, None, reason="Lost", at=DEMO_MOMENT)
        current_app.control.purge()
        current_app.send_task("performance.sweep_recomputes")
        assert soon(nothing_waits), (tmp_path / "worker.log").read_text()


def test_a_worker_killed_at_work_loses_nothing(kent: Kent, tmp_path: Path) -> None:
    take_in(kent, [AUGUST])
    with transaction.atomic(), connection.cursor() as cursor, worker(tmp_path / "worker.log") as process:
        # The worker takes the message and stands before the lock that this transaction holds.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, kent.agreement.pk])
        assert soon(lambda: waiters_for_the_lock() == 1), (tmp_path / "worker.log").read_text()
        process.kill()
        process.wait()
    assert soon(lambda: waiters_for_the_lock() == 0)
    sweep_recomputes()
    assert nothing_waits()
    assert (caseload(), all_once()) == (191, True)
    assert Event.objects.filter(action="figures worked out").count() == 1


def test_without_a_broker_a_return_is_accepted_and_the_figures_follow(kent: Kent) -> None:
    submitted = submit(kent)
    accepting = ran("-c", ACCEPT, str(submitted.pk), REDIS_URL=NOBODY)
    assert accepting.returncode == 0, accepting.stderr
    assert "The broker did not take a message" in accepting.stderr
    submitted.refresh_from_db()
    assert submitted.state == "accepted"
    assert not nothing_waits()
    assert caseload() is None
    sweep_recomputes()
    assert nothing_waits()
    assert caseload() == 191


def test_what_is_not_committed_needs_nothing(kent: Kent) -> None:
    with transaction.atomic():
        take_in(kent, [AUGUST])
        transaction.set_rollback(True)
    assert nothing_waits()
    assert not Version.objects.exists()


def submit(kent: Kent) -> Version:
    """The return of August, signed off by the provider."""
    content = valid_content(AUGUST)
    judged = judge(ReceivedFile(content, "nelft-return-2019-08.xlsx"), on=DEMO_MOMENT.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=DEMO_MOMENT).version
    assert version is not None
    return signed_off(version, CONSOLE)


def waiters_for_the_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted",
            [LOCK_OF_RECOMPUTES],
        )
        return int(cursor.fetchone()[0])
