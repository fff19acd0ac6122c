"""Two workers remind at the same moment, each with a database connection of its own: everybody hears once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import EmailMessage
from django.db import connection
from pytest_django.fixtures import Settings

from performance.actions.days import make_obligations
from performance.actions.reminding import remind
from performance.models import Reminder
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4
PATIENCE_SECONDS = 30
someone_sends, others_are_done = Event(), Event()


class SlowBackend(EmailBackend):
    """A mail server that keeps the first message until the others have looked."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if not someone_sends.is_set():
            someone_sends.set()
            assert others_are_done.wait(PATIENCE_SECONDS)
        return super().send_messages(messages)


@pytest.fixture
def reminded(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it, with September three days late."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    kent = load_terms(tmp_path / "sign-ins.json")
    make_obligations(kent.agreement, until=date(2019, 10, 1))
    kent.agreement.returns.filter(month__lt=date(2019, 9, 1)).delete()
    return kent


def one_turn(kent: Kent) -> int:
    try:
        return remind(kent.agreement, at=DEMO_MOMENT)
    finally:
        connection.close()


def test_workers_at_once_send_each_reminder_once(reminded: Kent) -> None:
    start = Barrier(WORKERS)

    def turn() -> int:
        start.wait()
        return one_turn(reminded)

    with ThreadPoolExecutor(WORKERS) as threads:
        sent = sum(future.result() for future in [threads.submit(turn) for _ in range(WORKERS)])
    assert sent == 2
    assert len(mail.outbox) == 2
    assert len({message.to[0] for message in mail.outbox}) == 2
    assert not Reminder.objects.filter(sent_at=None).exists()


def test_a_reminder_in_one_workers_hand_is_left_alone(reminded: Kent, settings: Settings) -> None:
    someone_sends.clear()
    others_are_done.clear()
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(one_turn, reminded)
        assert someone_sends.wait(PATIENCE_SECONDS)
        assert one_turn(reminded) == 1, "the other one of the two"
        others_are_done.set()
        assert slow.result() == 1
    assert sorted(message.to[0] for message in mail.outbox) == ["nina.rao@nelft.example", "sam.ellis@nelft.example"]
