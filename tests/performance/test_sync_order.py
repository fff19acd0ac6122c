"""Whatever the order, repetition, splitting and interleaving of batches, the table they end in is one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import ApiClient
from performance.models import CouncilCase, SyncRun
from tests.council_batches import Case, body_of, case, council_client, results, sent, table, tombstone
from tests.kent import Kent
from tests.performance.test_return_pages_races import at_once
from tests.processes import PATIENCE_SECONDS, soon, started
from tests.waiting import until_somebody_waits_for_a_lock

REFERENCES = [f"EH-2019-1000{number}" for number in range(4)]
MOMENTS = [f"2019-08-30T09:00:0{second}Z" for second in range(3)]
LIVE = st.builds(
    case,
    case_ref=st.sampled_from(REFERENCES),
    updated_at=st.sampled_from(MOMENTS),
    unit=st.sampled_from(["EHU-105-1", "EHU-105-2", None]),
    closed_on=st.sampled_from([None, "2019-08-20"]),
    pathway=st.sampled_from(["Early Help", "early-help"]),
)
DELETED = st.builds(tombstone, st.sampled_from(REFERENCES), st.sampled_from(MOMENTS))
REFUSED = st.builds(case, case_ref=st.sampled_from(REFERENCES), district=st.just("Ashford"))
TELLINGS = st.lists(LIVE | DELETED | REFUSED, min_size=1, max_size=12)
BATCHES = st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=20)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_batches(tellings: list[Case], sizes: list[int]) -> Iterator[list[Case]]:
    """The tellings in batches of some sizes, the rest in a last one."""
    at = 0
    for size in sizes:
        yield tellings[at : at + size]
        at += size
    yield tellings[at:]


def ends_in(client: ApiClient, batches: list[list[Case]]) -> list[tuple[Any, ...]]:
    """What is held after the batches, which are then taken back."""
    with undone():
        for batch in batches:
            sent(client, body_of(batch))
        return table()


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), tellings=TELLINGS, sizes=BATCHES)
def test_any_order_repetition_and_splitting_ends_in_one_table(
    kent: Kent, data: st.DataObject, tellings: list[Case], sizes: list[int]
) -> None:
    client = council_client(kent.agreement)
    again = data.draw(st.lists(st.sampled_from(tellings), max_size=8))
    shuffled = data.draw(st.permutations([*tellings, *again]))
    assert ends_in(client, list(in_batches(shuffled, sizes))) == ends_in(client, [tellings])


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tellings=TELLINGS)
def test_what_was_sent_is_unchanged_or_stale_when_sent_again(kent: Kent, tellings: list[Case]) -> None:
    client = council_client(kent.agreement)
    with undone():
        sent(client, body_of(tellings))
        before = table()
        assert {*results(sent(client, body_of(tellings)))} <= {"unchanged", "stale", "unknown-district"}
        assert table() == before


def tellings_of_many(seed: int) -> list[Case]:
    """Some 1,500 tellings of 150 cases, by a throw of dice."""
    dice = Random(seed)
    return [
        tombstone(reference, moment)
        if dice.random() < 0.1
        else case(case_ref=reference, updated_at=moment, unit=f"EHU-105-{dice.randrange(1, 4)}")
        for reference, moment in (
            (f"EH-2019-{dice.randrange(10_000, 10_150)}", f"2019-08-30T09:00:0{dice.randrange(6)}Z")
            for _ in range(1_500)
        )
    ]


SENDER = """
import json, pathlib, sys, time
import django
django.setup()
from contracts.models import ApiClient
from tests.council_batches import sent
client = ApiClient.objects.get(name=sys.argv[1])
bodies = json.loads(pathlib.Path(sys.argv[2]).read_text())
pathlib.Path(sys.argv[2]).with_suffix(".ready").touch()
while not pathlib.Path(sys.argv[3]).exists():
    time.sleep(0.005)
for key, body in bodies:
    sent(client, body.encode(), key)
"""


def sending(client: ApiClient, batches: list[tuple[str, bytes]], folder: Path, name: str) -> Any:
    """A process that sends batches, one after another, once the file "go" is there."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps([(key, body.decode()) for key, body in batches]))
    return started("-c", SENDER, client.name, str(path), str(folder / "go"), DJANGO_SETTINGS_MODULE="tests.settings")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_two_processes_at_once_end_in_the_table_of_one_batch(kent: Kent, tmp_path: Path, seed: int) -> None:
    tellings = tellings_of_many(seed)
    clients = [council_client(kent.agreement), council_client(kent.agreement, "Another system")]
    expected = ends_in(clients[0], [tellings])
    assert CouncilCase.objects.count() == 0
    processes = []
    for place, client in enumerate(clients):
        # Each sends every telling, in an order of its own, and the second batch of three over again.
        shuffled = Random(seed * 10 + place).sample(tellings, len(tellings))
        batches = list(in_batches(shuffled, [50] * 29))
        bodies = [(f"key-{number}", body_of(batch)) for number, batch in enumerate(batches)]
        processes.append(sending(client, bodies + bodies[::3], tmp_path, str(place)))
    assert soon(lambda: len(list(tmp_path.glob("*.ready"))) == len(processes))
    (tmp_path / "go").touch()
    said = [process.communicate(timeout=PATIENCE_SECONDS) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    assert table() == expected
    senders = list(SyncRun.objects.order_by("pk").values_list("client", flat=True))
    assert len(senders) == 60
    assert senders not in (sorted(senders), sorted(senders, reverse=True)), "they did not meet"


@pytest.mark.django_db(transaction=True)
def test_one_batch_sent_by_two_at_once_is_taken_once(kent: Kent) -> None:
    client, body = council_client(kent.agreement), body_of([case()])
    one, other = at_once(*[lambda: sent(client, body, "a-key")] * 2)
    assert sorted([one.is_replay, other.is_replay]) == [False, True]
    assert one.answer == other.answer
    assert SyncRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_leaves_nothing_and_its_key_lands_once(kent: Kent, tmp_path: Path) -> None:
    client, body = council_client(kent.agreement), body_of([case(), tombstone("EH-2019-10002")])
    with transaction.atomic():
        with connection.cursor() as cursor:
            # The end of the audit trail: the last that a batch waits for, when its rows are written.
            cursor.execute("SELECT pg_advisory_xact_lock(7601, %s)", [kent.agreement.pk])
        (tmp_path / "go").touch()
        process = sending(client, [("a-key", body)], tmp_path, "killed")
        until_somebody_waits_for_a_lock()
        process.kill()
        process.communicate()
    assert soon(nobody_else_is_at_work)
    assert (SyncRun.objects.count(), CouncilCase.objects.count()) == (0, 0)
    first, second = sent(client, body, "a-key"), sent(client, body, "a-key")
    assert (first.is_replay, second.is_replay) == (False, True)
    assert results(first) == results(second) == ["created", "created"]


def nobody_else_is_at_work() -> bool:
    """Whether the killed process's own server process noticed, and took back what it had written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state <> 'idle'"
        )
        return bool(cursor.fetchone() == (0,))
