"""The portal behind a real socket in the test's own process, on committed rows that every connection sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.kent import DEMO_DAY
from tests.loaded_once import QUICK_HASHERS


@contextmanager
def committing(blocker: DjangoDbBlocker, **settings: Any) -> Iterator[None]:
    """The tests' database may be written to and keeps it; at the end every table is emptied.

    For a module's own fixture. The module is marked `django_db` all the same: else no database is made for it.
    """
    name = connection.settings_dict["NAME"]
    if not name.startswith("test_"):
        raise RuntimeError(f"The database {name} is not one that tests may empty.")
    with blocker.unblock(), override_settings(PORTAL_TODAY=DEMO_DAY, PASSWORD_HASHERS=QUICK_HASHERS, **settings):
        try:
            yield
        finally:
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


@contextmanager
def listening() -> Iterator[str]:
    """A server on a free port of this machine; its address without a final slash."""
    server = LiveServer("127.0.0.1")
    server._live_server_modified_settings.enable()
    try:
        yield server.url
    finally:
        server.stop()
        server._live_server_modified_settings.disable()
