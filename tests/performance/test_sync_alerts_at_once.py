"""Workers find the same silence at the same moment, each with a connection of its own: one message goes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from pytest_django.fixtures import Settings

from contracts.models import Event
from performance.actions.sync_alerts import alert
from performance.models import SyncAlert
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.performance.council_sync import agreed, came, sender

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture
def silent(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it, with nothing from its system for two days."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    kent = load_terms(tmp_path / "sign-ins.json")
    agreed(kent.agreement, 26)
    came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT - timedelta(days=2))
    return kent


def test_workers_at_once_tell_a_silence_once(silent: Kent) -> None:
    start = Barrier(WORKERS)

    def turn() -> int:
        start.wait()
        try:
            return alert(silent.agreement, at=DEMO_MOMENT)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        sent = sum(future.result() for future in [threads.submit(turn) for _ in range(WORKERS)])
    assert sent == 1
    assert len(mail.outbox) == 1
    assert SyncAlert.objects.filter(sent_at__isnull=False).count() == 1
    assert Event.objects.filter(action="sync alerts written").count() == 1
