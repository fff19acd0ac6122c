"""The audit trail: who, what, when, before and after, each event chained to the one before, and its verification."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from contracts import audit
from contracts.audit import CONSOLE, Actor, first_broken_link
from contracts.models import Agreement, Event, Role
from tests.kent import DEMO_DAY, Kent


def verified() -> tuple[str, int]:
    """What the command says, and its exit code."""
    output, code = io.StringIO(), 0
    try:
        call_command("verify_audit", stdout=output)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return output.getvalue(), code


def tamper(sql: str, *values: int) -> None:
    """Change the trail as somebody could who owns the table."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # A table with checks to come cannot be altered.
        cursor.execute("ALTER TABLE contracts_event DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE contracts_event ENABLE TRIGGER USER")


@pytest.fixture
def events(kent: Kent) -> list[Event]:
    """Five events of Kent and two of the portal."""
    by = Actor.person(kent.people[Role.ADMINISTRATOR])
    for number in range(2):
        audit.record("person added", by=CONSOLE, agreement=None, subject=f"Person {number}")
    return [
        audit.record(
            "target changed", by=by, agreement=kent.agreement, subject=f"Target {number}", after={"is": number}
        )
        for number in range(5)
    ]


@pytest.mark.django_db
def test_an_event_says_who_what_and_when(kent: Kent) -> None:
    administrator = kent.people[Role.ADMINISTRATOR]
    event = audit.record(
        "target changed",
        by=Actor.person(administrator),
        agreement=kent.agreement,
        subject="Early Help caseload",
        before={"value": Decimal(300), "from": DEMO_DAY},
        after={"value": Decimal(240)},
    )
    event.refresh_from_db()
    assert (event.actor, event.actor_name) == (administrator, "Chris Doyle")
    assert (event.before, event.after) == ({"value": "300", "from": "2019-10-17"}, {"value": "240"})
    # Real time, also on the demo's day.
    assert abs(datetime.now(UTC) - event.at) < timedelta(minutes=5)


@pytest.mark.django_db
def test_what_acts_without_a_person_has_a_name(kent: Kent) -> None:
    event = audit.record("figures worked out", by=audit.WORKER, agreement=kent.agreement, subject="Of August")
    assert (event.actor, event.actor_name) == (None, "the portal")


@pytest.mark.django_db
def test_each_event_holds_the_hash_of_the_one_before(kent: Kent, events: list[Event]) -> None:
    for before, after in pairwise(events):
        assert after.previous_hash == before.hash
    assert verified() == (
        "The portal: 2 events, every link holds\nKCC-CYPMHS-S76: 5 events, every link holds\n",
        0,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "subject = 'Another'",
        "action = 'nothing'",
        "actor_name = 'Nobody'",
        "actor_id = NULL",
        "at = at + interval '1 second'",
        "after = '{\"is\": 9}'",
        "before = '{}'",
        "agreement_id = agreement_id, hash = repeat('0', 64)",
    ],
)
def test_an_event_that_was_changed_is_named(kent: Kent, events: list[Event], change: str) -> None:
    tamper(f"UPDATE contracts_event SET {change} WHERE id = %s", events[2].pk)
    said, code = verified()
    assert code == 1
    assert f"KCC-CYPMHS-S76: broken at event {events[2].pk}: its content was changed after it was written" in said
    assert "The portal: 2 events, every link holds" in said


@pytest.mark.django_db
def test_an_event_that_was_taken_out_is_noticed(kent: Kent, events: list[Event]) -> None:
    tamper("DELETE FROM contracts_event WHERE id = %s", events[1].pk)
    said, code = verified()
    assert code == 1
    assert f"broken at event {events[2].pk}: an event before it was removed or put in" in said


@pytest.mark.django_db
def test_an_event_moved_to_another_chain_breaks_both(kent: Kent, events: list[Event]) -> None:
    tamper("UPDATE contracts_event SET agreement_id = NULL WHERE id = %s", events[2].pk)
    said, code = verified()
    assert code == 1
    assert said.count("broken at event") == 2


@pytest.mark.django_db
def test_what_was_undone_leaves_no_event(kent: Kent, events: list[Event]) -> None:
    with transaction.atomic():
        audit.record("target changed", by=CONSOLE, agreement=kent.agreement, subject="Undone")
        transaction.set_rollback(True)
    audit.record("target changed", by=CONSOLE, agreement=kent.agreement, subject="Done")
    assert first_broken_link(kent.agreement) is None
    assert Event.objects.filter(agreement=kent.agreement).count() == len(events) + 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain(kent: Kent) -> None:
    together = threading.Barrier(4)

    def write(writer: int) -> None:
        together.wait()
        try:
            for number in range(5):
                with transaction.atomic():
                    agreement = Agreement.objects.get(pk=kent.agreement.pk)
                    audit.record("written", by=CONSOLE, agreement=agreement, subject=f"{writer}.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert Event.objects.filter(agreement=kent.agreement).count() == 20
    assert first_broken_link(kent.agreement) is None
