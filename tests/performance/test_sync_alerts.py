"""Alerts of a silent sync: who is told, once for each silence, and not once a batch has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone
from pytest_django.fixtures import Settings

from contracts.api_clients import revoke
from contracts.audit import CONSOLE
from contracts.models import ClientUse, Event, Role, User
from performance.actions.sync_alerts import alert
from performance.models import SyncAlert
from performance.tasks import send_sync_alerts
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.performance.council_sync import agreed, came, sender

ADMINISTRATOR = "chris.doyle@portal.example"
CAME = datetime(2019, 10, 15, 9, 0, tzinfo=LONDON)
LATE = CAME + timedelta(hours=26, minutes=1)


@pytest.fixture
def watched(kent: Kent, settings: Settings) -> Kent:
    """Kent, whose system sent its last batch on 15 October; 26 hours may lie between two."""
    settings.PORTAL_ADDRESS = "https://portal.example.org"
    agreed(kent.agreement, 26)
    came(sender(kent.agreement, CAME - timedelta(days=30)), kent.agreement, CAME)
    return kent


def test_administrators_are_told_once_of_a_silence(watched: Kent) -> None:
    assert alert(watched.agreement, at=CAME + timedelta(hours=26)) == 0, "just in time"
    assert alert(watched.agreement, at=LATE) == 1
    (message,) = mail.outbox
    assert message.to == [ADMINISTRATOR]
    assert message.subject == f"No Early Help batch for {watched.agreement.short_name} since 15 October 2019 at 9:00am"
    assert "The next was expected by 16 October 2019 at 11:00am: at most 26 hours may lie between" in message.body
    assert "- KCC Early Help system, Kent County Council: it has never asked the portal anything" in message.body
    assert "https://portal.example.org/sync/" in message.body
    assert "https://portal.example.org/admin/contracts/apiclient/" in message.body
    assert "\n\n\n" not in message.body
    assert "&" not in message.body
    for later in (10, 60 * 24, 60 * 24 * 300):
        assert alert(watched.agreement, at=LATE + timedelta(minutes=later)) == 0
    event = Event.objects.get(action="sync alerts written")
    assert event.agreement == watched.agreement
    assert event.after is not None
    assert event.after["to"] == [ADMINISTRATOR]
    assert SyncAlert.objects.get().sent_at == LATE


def test_another_silence_is_told_anew(watched: Kent) -> None:
    alert(watched.agreement, at=LATE)
    (client,) = {row.client for row in watched.agreement.client_scopes.all()}
    came(client, watched.agreement, LATE + timedelta(hours=1))
    assert alert(watched.agreement, at=LATE + timedelta(hours=2)) == 0, "nothing more is said once it comes again"
    assert alert(watched.agreement, at=LATE + timedelta(hours=28)) == 1
    assert "since 16 October 2019 at 12:01pm" in mail.outbox[1].subject


def test_a_batch_that_was_refused_whole_ends_no_silence(watched: Kent) -> None:
    client = watched.agreement.client_scopes.get().client
    came(client, watched.agreement, CAME + timedelta(hours=25), {"unit": 3}, told=0)
    assert alert(watched.agreement, at=LATE) == 1
    assert "since 15 October 2019 at 9:00am" in mail.outbox[0].subject


def test_only_people_who_may_use_the_admin_site_now_are_told(watched: Kent) -> None:
    User.objects.create_user("left@portal.example", name="Somebody who left", is_staff=True, is_active=False)
    User.objects.create_user("second@portal.example", name="A second one", is_staff=True)
    assert alert(watched.agreement, at=LATE) == 2
    assert sorted(message.to[0] for message in mail.outbox) == [ADMINISTRATOR, "second@portal.example"]
    User.objects.create_user("new@portal.example", name="A new one", is_staff=True)
    assert alert(watched.agreement, at=LATE) == 1


def test_without_anybody_to_tell_nothing_is_written(watched: Kent) -> None:
    User.objects.filter(is_staff=True).update(is_active=False)
    assert alert(watched.agreement, at=LATE) == 0
    assert not Event.objects.filter(action="sync alerts written").exists()


def test_a_system_that_never_sent_is_waited_for_from_its_making(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    client = sender(kent.agreement, CAME)
    assert alert(kent.agreement, at=CAME + timedelta(hours=26)) == 0
    ClientUse.objects.create(client=client, minute=timezone.now(), requests=1)
    assert alert(kent.agreement, at=LATE) == 1
    body = mail.outbox[0].body
    assert "No batch of Early Help cases has ever come" in body
    assert "A system that may send them was set up on 15 October 2019 at 9:00am." in body
    assert "Kent County Council: last request on" in body


def test_nothing_is_expected_without_a_time_or_a_system(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    assert alert(kent.agreement, at=LATE) == 0, "nobody may send anything"
    client = sender(kent.agreement, CAME)
    agreed(kent.agreement, None)
    assert alert(kent.agreement, at=LATE) == 0, "no time was agreed"
    agreed(kent.agreement, 26)
    revoke(client, by=CONSOLE, at=CAME)
    assert alert(kent.agreement, at=LATE) == 0, "nobody may send anything any more"


def test_a_sync_whose_last_system_was_revoked_is_silent_all_the_same(watched: Kent) -> None:
    for row in watched.agreement.client_scopes.all():
        revoke(row.client, by=CONSOLE, at=CAME)
    assert alert(watched.agreement, at=LATE) == 1
    assert "Nobody may send them: every system that might was revoked" in mail.outbox[0].body


def test_the_task_reads_the_portals_clock(watched: Kent) -> None:
    """On the demo's day the last batch is two days old: that is what the demo shows."""
    send_sync_alerts()
    assert len(mail.outbox) == 1
    assert SyncAlert.objects.get().written_at.date() == DEMO_MOMENT.date()


class AwayBackend(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError(111, "Connection refused")


def test_a_mail_server_that_is_away_is_tried_again(
    watched: Kent, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    assert alert(watched.agreement, at=LATE) == 0
    assert "An alert about the sync of KCC-CYPMHS-S76" in caplog.text
    assert "tried again" in caplog.text
    settings.EMAIL_BACKEND = working
    assert alert(watched.agreement, at=LATE + timedelta(minutes=10)) == 1
    assert SyncAlert.objects.count() == 1


def test_what_was_not_sent_before_a_batch_came_is_not_sent_any_more(watched: Kent, settings: Settings) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    alert(watched.agreement, at=LATE)
    settings.EMAIL_BACKEND = working
    came(watched.agreement.client_scopes.get().client, watched.agreement, LATE)
    assert alert(watched.agreement, at=LATE + timedelta(minutes=10)) == 0
    assert not mail.outbox
    assert alert(watched.agreement, at=LATE + timedelta(hours=27)) == 1, "of the next silence, and of that alone"


def test_a_copy_sent_twice_is_known_as_one(watched: Kent) -> None:
    alert(watched.agreement, at=LATE)
    SyncAlert.objects.update(sent_at=None)
    alert(watched.agreement, at=LATE)
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_alerts_go_to_administrators_alone(watched: Kent) -> None:
    alert(watched.agreement, at=LATE)
    council = watched.people[Role.COUNCIL_COMMISSIONER].email
    assert council not in [address for message in mail.outbox for address in message.to]
