"""Databases of a test process beside its empty one: with Kent's terms, and with all of Kent. Loading takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.test import override_settings

from contracts.models import Agreement, Role, User
from cypmhs_portal.demo.agreement import REFERENCE
from cypmhs_portal.demo.people import PEOPLE
from tests.kent import DEMO_DAY, Kent

# Eight people's passwords; the real hasher is slow on purpose.
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def on_the_day_loaded() -> override_settings:
    """The settings under which Kent is loaded and read: the demo's day, and passwords that are quick to keep."""
    return override_settings(PORTAL_TODAY=DEMO_DAY, PASSWORD_HASHERS=QUICK_HASHERS)


def make_database(suffix: str, load: Callable[[Path], Kent], sign_ins_file: Path) -> str:
    """The name of a copy of the tests' database in which `load` is committed.

    No message is sent: what was to follow the commit is dropped, as in a test that is rolled back.
    """
    empty = connection.settings_dict["NAME"]
    name = f"{empty}_{suffix}"
    drop_database(name)
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')
    with connected_to(name), on_the_day_loaded(), transaction.atomic():
        load(sign_ins_file)
        connection.run_on_commit = []
    return name


def drop_database(name: str) -> None:
    """Take a database away, whoever is still connected to it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """While this holds, the process works on the database of this name."""
    empty = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = empty


def kent_as_loaded() -> Kent:
    """The agreement and its people, read anew, so that no module sees what another did to its objects."""
    people: dict[Role, User] = {}
    for _, email, role, _ in PEOPLE:
        people.setdefault(role, User.objects.get(email=email))
    return Kent(Agreement.objects.get(reference=REFERENCE), people)
