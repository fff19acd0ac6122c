"""The embedded servers: started once, shared, stopped by the last user, and back after any kill."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.console import needs_database
from cypmhs_portal.embedded.leftovers import servers_of
from cypmhs_portal.embedded.owner import make_own_folder
from cypmhs_portal.embedded.postgres import answers, running_postgres
from cypmhs_portal.embedded.redis import answers as redis_answers
from cypmhs_portal.embedded.redis import client, running_redis
from cypmhs_portal.embedded.sharing import EmbeddedServerError

HOLD = """
import signal, sys, time
from pathlib import Path
from cypmhs_portal.embedded.postgres import running_postgres
# A shell that starts the suite in the background has it ignore what Ctrl-C sends, and so do its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
with running_postgres(Path(sys.argv[1]), durable=False):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
PATIENCE_SECONDS = 30


@pytest.fixture
def var() -> Iterator[Path]:
    """A state folder of the test's own, whose servers must be gone when the test ends.

    Not tmp_path: any other pytest session closes that tree to root's stand-in when it starts.
    """
    with tempfile.TemporaryDirectory(prefix="cypmhs-test-") as above:
        folder = Path(above) / "var"
        yield folder
        assert not servers_of(places.postgres_data(folder))
        assert not redis_answers(folder)
        shutil.rmtree(places.socket_folder(folder), ignore_errors=True)


def holder(var: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the database; returns when it has it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var), str(seconds)], cwd=places.CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def rows(var: Path, statement: str) -> list[tuple[object, ...]]:
    """What a statement returns in the portal's database, connected to as the settings do."""
    with psycopg.connect(host=str(places.socket_folder(var)), user="postgres", dbname=places.DATABASE) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def postmaster(var: Path) -> psutil.Process:
    """The one server process of the state folder."""
    (process,) = servers_of(places.postgres_data(var))
    return process


def test_the_database_is_there_and_nothing_runs_afterwards(var: Path) -> None:
    with running_postgres(var, durable=False):
        assert rows(var, "SELECT current_database()") == [("portal",)]
    assert not servers_of(places.postgres_data(var))


def test_it_listens_on_no_network_address(var: Path) -> None:
    with running_postgres(var, durable=False):
        assert rows(var, "SHOW listen_addresses") == [("",)]
        assert not [c for c in postmaster(var).net_connections("inet") if c.status == psutil.CONN_LISTEN]
        assert places.socket_folder(var).stat().st_mode & 0o777 == 0o700


def test_the_second_user_shares_it_and_the_last_one_stops_it(var: Path) -> None:
    with running_postgres(var, durable=False):
        first = postmaster(var).pid
        other = holder(var, seconds=60)
    assert postmaster(var).pid == first, "the other process still holds it"
    other.send_signal(signal.SIGINT)
    other.communicate(timeout=PATIENCE_SECONDS)
    assert not servers_of(places.postgres_data(var))


def test_two_that_begin_at_once_start_one_server(var: Path) -> None:
    begun = [
        subprocess.Popen([sys.executable, "-c", HOLD, str(var), "1.5"], cwd=places.CHECKOUT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in begun:
        assert process.communicate(timeout=PATIENCE_SECONDS)[0] == b"held\n"
        assert process.returncode == 0
    log = (places.postgres_data(var) / "server.log").read_text()
    assert log.count("database system is ready to accept connections") == 1


def test_a_killed_user_leaves_no_lock_and_the_next_one_stops_the_server(var: Path) -> None:
    other = holder(var, seconds=60)
    other.kill()
    other.communicate(timeout=PATIENCE_SECONDS)
    left = postmaster(var).pid
    with running_postgres(var, durable=False):
        assert postmaster(var).pid == left
    assert not servers_of(places.postgres_data(var))


def test_rows_survive_a_kill_of_everything(var: Path) -> None:
    other = holder(var, seconds=60)
    rows(var, "CREATE TABLE kept AS SELECT 191 AS children")
    server = postmaster(var)
    other.kill()
    server.kill()
    other.communicate(timeout=PATIENCE_SECONDS)
    assert (places.postgres_data(var) / "postmaster.pid").exists(), "the kill left the server's process file"
    with running_postgres(var, durable=False):
        assert rows(var, "SELECT children FROM kept") == [(191,)]


def test_a_process_file_whose_number_another_program_has_is_no_server(var: Path) -> None:
    with running_postgres(var, durable=False):
        lines = (places.postgres_data(var) / "postmaster.pid").read_text().splitlines()
    stale = places.postgres_data(var) / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    shutil.chown(stale, places.postgres_data(var).stat().st_uid)
    with running_postgres(var, durable=False):
        assert rows(var, "SELECT 1") == [(1,)]


def test_a_server_whose_folder_was_deleted_is_ended(var: Path) -> None:
    other = holder(var, seconds=60)
    orphan = postmaster(var)
    shutil.rmtree(var)
    with running_postgres(var, durable=False):
        assert postmaster(var).pid != orphan.pid
        assert rows(var, "SELECT 1") == [(1,)]
    other.kill()
    other.communicate(timeout=PATIENCE_SECONDS)


def test_a_full_server_is_not_taken_for_a_dead_one(var: Path) -> None:
    with running_postgres(var, durable=False):
        ((limit,),) = rows(var, "SHOW max_connections")
        first = postmaster(var).pid
        held = [psycopg.connect(host=str(places.socket_folder(var)), user="postgres") for _ in range(int(str(limit)))]
        assert answers(var)
        with running_postgres(var, durable=False):
            assert postmaster(var).pid == first
        for connection in held:
            connection.close()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.symlink_to(tmp_path)
    with pytest.raises(EmbeddedServerError, match="belongs to another user"):
        make_own_folder(taken, None)


def test_the_socket_path_is_short_whatever_the_folder() -> None:
    deep = Path("/home") / ("a" * 60) / ("b" * 60) / "var"
    assert len(str(places.redis_socket(deep))) < 60
    assert len(str(places.socket_folder(deep) / ".s.PGSQL.5432")) < 60
    assert places.socket_folder(deep) != places.socket_folder(deep.parent)


def test_portal_var_moves_the_state() -> None:
    assert places.var_folder({}) == places.CHECKOUT / "var"
    assert places.var_folder({"PORTAL_VAR": ""}) == places.CHECKOUT / "var"
    assert places.var_folder({"PORTAL_VAR": "/srv/state"}) == Path("/srv/state")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([], False),
        (["help"], False),
        (["migrate", "--help"], False),
        (["run"], False),
        (["spc", "--cases", "cases.json"], False),
        (["check", "--deploy"], False),
        (["check", "--database", "default"], True),
        (["migrate"], True),
        (["figures", "--month", "2019-08"], True),
    ],
)
def test_commands_that_need_the_database(words: list[str], answer: bool) -> None:
    assert needs_database(words) is answer


def test_what_waits_in_the_queue_survives_a_kill_of_redis(var: Path) -> None:
    with running_redis(var), client(var) as connection:
        connection.lpush("celery", "recompute")
        connection.config_set("appendfsync", "always")
        connection.lpush("celery", "recompute again")
        os.kill(int((places.redis_data(var) / "redis.pid").read_text()), signal.SIGKILL)
        wait_until_gone(places.redis_socket(var))
        with running_redis(var), client(var) as again:
            assert again.llen("celery") == 2


def test_redis_listens_on_no_network_address(var: Path) -> None:
    with running_redis(var), client(var) as connection:
        process = psutil.Process(int((places.redis_data(var) / "redis.pid").read_text()))
        assert not process.net_connections("inet")
        assert connection.config_get("port") == {"port": "0"}


def wait_until_gone(path: Path) -> None:
    """Wait until nothing listens on the socket any more."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as trial:
            try:
                trial.connect(str(path))
            except OSError:
                return
        time.sleep(0.02)
    raise AssertionError(f"{path} still answers")
