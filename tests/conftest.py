"""What every test stands on: real servers, a browser from this machine, no network beyond it."""

import os
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.postgres import running_postgres
from cypmhs_portal.embedded.redis import running_redis
from scripts.browser import launch_options
from tests.kent import DEMO_DAY, Kent, load_everything, load_terms
from tests.loaded_once import (
    QUICK_HASHERS,
    connected_to,
    drop_database,
    kent_as_loaded,
    make_database,
    on_the_day_loaded,
)

# How long an example takes says nothing of whether it is right.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")

JOURNEYS = "tests/journeys/"
# What takes minutes begins first, so that no process is left with it when the others are done.
LONGEST = (JOURNEYS, "tests/portal/test_run.py", "tests/performance/test_equality_leaks.py")
HELD_SERVERS = pytest.StashKey[ExitStack]()


def refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """A test that reaches for the network fails where it does so."""
    if event != "socket.connect":
        return
    connecting, address = arguments
    if connecting.family not in (socket.AF_INET, socket.AF_INET6):
        return
    if address[0] not in ("localhost", "::1") and not str(address[0]).startswith("127."):
        raise RuntimeError(f"A test tried to reach {address[0]}; tests reach this machine only.")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers for the session where no other is named; xdist's processes share them."""
    sys.addaudithook(refuse_other_machines)
    if hasattr(config, "workerinput"):
        return
    held = config.stash[HELD_SERVERS] = ExitStack()
    var = places.var_folder(os.environ)
    if not os.environ.get("DATABASE_URL"):
        held.enter_context(running_postgres(var, durable=False))
    if not os.environ.get("REDIS_URL"):
        held.enter_context(running_redis(var))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers that this session alone used."""
    held = config.stash.get(HELD_SERVERS, None)
    if held is not None:
        held.close()


class FilesApartAndJourneysTogether(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """A file's tests share one of xdist's processes, for their fixtures; all journeys share one, for their portal."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, then the files with the most tests; a file's tests stay together, in order."""
    in_file = Counter(item.path for item in items)
    longest = {name: rank for rank, name in enumerate(LONGEST)}

    def order(item: pytest.Item) -> tuple[int, int, str]:
        name = JOURNEYS if item.nodeid.startswith(JOURNEYS) else item.nodeid.partition("::")[0]
        return longest.get(name, len(LONGEST)), -in_file[item.path], name

    items.sort(key=order)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Hand tests out by file in that order, whatever `--dist` says: its `loadgroup` does not work with pytest 9."""
    config.option.loadscopereorder = False
    return FilesApartAndJourneysTogether(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database, which nobody else holds at the end.

    A worker that a test killed in the middle of a query leaves its server process at it for a while.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium."""
    return launch_options()


@pytest.fixture
def on_the_demo_day(settings: Settings) -> date:
    """The portal lives on the demo's day, as in demo mode."""
    settings.PORTAL_TODAY = DEMO_DAY
    return DEMO_DAY


def works_on_terms(request: pytest.FixtureRequest) -> bool:
    """Whether a test begins with Kent's terms and rolls back what it does to them."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    return "kent" in request.fixturenames and "loaded" not in request.fixturenames and not commits


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Connect such a test to the database with Kent's terms, before pytest-django begins its transaction."""
    if fixturedef.argname == "_django_db_helper" and works_on_terms(request):
        connected = ExitStack()
        blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
        name = request.getfixturevalue("terms_database")
        with blocker.unblock():
            connected.enter_context(connected_to(name))
        fixturedef.addfinalizer(connected.close)


@pytest.fixture(scope="session")
def terms_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of this process's database with Kent's terms in it."""
    with django_db_blocker.unblock():
        name = make_database("terms", load_terms, tmp_path_factory.mktemp("terms") / "sign-ins.json")
        yield name
        drop_database(name)


@pytest.fixture(scope="session")
def loaded_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of this process's database with all of Kent in it."""
    with django_db_blocker.unblock():
        name = make_database("loaded", load_everything, tmp_path_factory.mktemp("kent") / "sign-ins.json")
        yield name
        drop_database(name)


@pytest.fixture(scope="module")
def loaded(loaded_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Kent]:
    """Kent with every sample return and its figures, in a database of its own that a module leaves as it was.

    A module that uses it is marked `django_db`; what each of its tests writes is rolled back after that test.
    """
    with django_db_blocker.unblock(), connected_to(loaded_database), on_the_day_loaded(), transaction.atomic():
        yield kent_as_loaded()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def agreed(terms_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Kent]:
    """The Kent agreement's terms and people, for a module that is marked `django_db`, as `loaded` is."""
    with django_db_blocker.unblock(), connected_to(terms_database), on_the_day_loaded(), transaction.atomic():
        yield kent_as_loaded()
        transaction.set_rollback(True)


@pytest.fixture
def kent(request: pytest.FixtureRequest, db: None, settings: Settings, on_the_demo_day: date, tmp_path: Path) -> Kent:
    """The Kent agreement's terms and people on the demo's day, without any return."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return kent_as_loaded() if works_on_terms(request) else load_terms(tmp_path / "sign-ins.json")
