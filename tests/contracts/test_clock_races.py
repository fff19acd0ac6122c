"""Two people at one clock at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from contracts.actions.clock_changes import (
    ProposedChange,
    agree_clock_change,
    propose_clock_change,
    refuse_clock_change,
    take_back_clock_change,
)
from contracts.actions.clock_retiming import retime_open_clocks
from contracts.actions.refusals import Refused
from contracts.audit import WORKER, first_broken_link
from contracts.levers.ladder import NoticeStage as S
from contracts.models import AddedHoliday, ClockChangeKind, ClockRetiming, Event, Notice, NoticeClock, Role
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.notices import CPN, acting, moved, served_notice
from tests.waiting import until_somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
FIVE_MORE = ProposedChange(ClockChangeKind.EXTENSION, "More time", extra=5)
EXTENDED = date(2019, 10, 29)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


@pytest.fixture
def clock(people: Kent) -> NoticeClock:
    """The ten days of a notice served on 8 October 2019."""
    return served_notice(people, CPN, on=date(2019, 10, 8)).clocks.get()


def alone(step: Callable[[], object]) -> str:
    """What becomes of a step in a connection of its own: "done", or why it was refused."""
    try:
        step()
        return "done"
    except Refused as refusal:
        return str(refusal)
    finally:
        connection.close()


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Take the steps in threads that begin together."""
    start = Barrier(len(steps))

    def take(step: Callable[[], object]) -> str:
        start.wait()
        return alone(step)

    with ThreadPoolExecutor(len(steps)) as threads:
        return sorted(threads.map(take, steps), key=lambda said: said != "done")


def first_then(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Take `first`, and `second` while it is not committed yet: what becomes of the second."""
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            waiting = thread.submit(alone, second)
            until_somebody_waits_for_a_lock()
        return waiting.result()


def test_of_two_answers_at_once_one_counts(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT)
    done, refused = at_once(
        lambda: agree_clock_change(change, by=ccg, at=DEMO_MOMENT),
        lambda: take_back_clock_change(change, by=nelft, at=DEMO_MOMENT),
    )
    change.refresh_from_db()
    clock.refresh_from_db()
    assert done == "done"
    assert refused.startswith(f"This proposal was {change.get_answer_display().lower()} by")
    assert (clock.due_on == EXTENDED) is (change.answer == "agreed")
    assert ClockRetiming.objects.count() == (change.answer == "agreed")
    assert first_broken_link(people.agreement) is None


def test_agreed_twice_at_once_extends_once(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT)
    said = at_once(*[lambda: agree_clock_change(change, by=ccg, at=DEMO_MOMENT)] * 2)
    clock.refresh_from_db()
    assert [one == "done" for one in said] == [True, False]
    assert clock.due_on == EXTENDED
    assert Event.objects.filter(action="clock change agreed").count() == 1


def test_of_two_proposals_at_once_one_is_open(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    done, refused = at_once(
        lambda: propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT),
        lambda: propose_clock_change(clock, proposed=FIVE_MORE, by=ccg, at=DEMO_MOMENT),
    )
    assert (done, "proposed already" in refused) == ("done", True)


def test_a_move_that_comes_first_ends_the_clock_before_the_answer(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT)
    said = first_then(
        lambda: moved(people, Notice.objects.get(), S.PLAN, on=DEMO_DAY),
        lambda: agree_clock_change(change, by=ccg, at=DEMO_MOMENT),
    )
    assert said.startswith("This proposal was taken back by")
    assert not ClockRetiming.objects.exists()


def test_an_answer_that_comes_first_is_there_when_the_clock_ends(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT)
    said = first_then(
        lambda: refuse_clock_change(change, by=ccg, at=DEMO_MOMENT),
        lambda: moved(people, Notice.objects.get(), S.PLAN, on=DEMO_DAY),
    )
    change.refresh_from_db()
    clock.refresh_from_db()
    assert (said, change.answer, clock.ended_on) == ("done", "refused", DEMO_DAY)


def test_a_holiday_and_an_extension_at_once_both_count(people: Kent, clock: NoticeClock) -> None:
    nelft, ccg = acting(people, Role.PROVIDER_EDITOR), acting(people, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(clock, proposed=FIVE_MORE, by=nelft, at=DEMO_MOMENT)
    AddedHoliday.objects.create(day=date(2019, 10, 18), name="Day of thanks")

    def agree() -> None:
        agree_clock_change(change, by=ccg, at=DEMO_MOMENT)

    assert first_then(agree, lambda: retime_open_clocks(by=WORKER, at=DEMO_MOMENT, reason="Holiday")) == "done"
    clock.refresh_from_db()
    assert clock.due_on == date(2019, 10, 30)
