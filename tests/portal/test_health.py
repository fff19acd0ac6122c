"""What watchers of the portal are told: alive without asking anybody, ready only with a migrated database."""

import json
import os
import subprocess
import sys
import threading

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from pytest_django import Settings

from cypmhs_portal.embedded.places import CHECKOUT

NOBODY = "127.0.0.1:1"
ASK = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path, headers={"host": "localhost"})
    print(answer.status_code, answer.content.decode())
"""


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    # The test has no access to the database: reaching for it would fail.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_with_database_and_broker(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "ready", "broker": "ready"}


@pytest.mark.django_db
def test_a_broker_that_is_away_is_reported_and_not_fatal(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://{NOBODY}/0"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "ready", "broker": "does not answer"}


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'funding'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "migrations are missing"


def test_without_a_database_it_lives_and_is_not_ready() -> None:
    environ = os.environ | {"DATABASE_URL": f"postgres://nobody@{NOBODY}/none", "REDIS_URL": f"redis://{NOBODY}/0"}
    said = subprocess.check_output([sys.executable, "-c", ASK], cwd=CHECKOUT, env=environ, text=True)
    alive, ready = said.splitlines()
    assert alive == '200 {"status": "alive"}'
    status, _, body = ready.partition(" ")
    assert status == "503"
    assert json.loads(body) == {
        "status": "not ready",
        "database": "does not answer",
        "broker": "does not answer",
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_change_nothing(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_every_thread_of_the_web_server_knows_the_broker(settings: Settings) -> None:
    # Celery's current application belongs to a thread; a new one must not fall back to Celery's own broker.
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(current_app.conf.broker_url))
    thread.start()
    thread.join()
    assert found == [settings.CELERY_BROKER_URL]
