"""`manage.py run` as a person meets it: it comes up, says where, stops on Ctrl-C, and comes up after a kill.

Each test runs the real launcher with embedded servers and a state folder of its own.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.leftovers import end_servers_of, servers_of
from cypmhs_portal.embedded.redis import answers as redis_answers
from cypmhs_portal.embedded.redis import stop as stop_redis
from cypmhs_portal.launch.address import Address, AddressError, check_is_free, wanted_address
from cypmhs_portal.launch.children import Child, end_leftovers, record
from cypmhs_portal.launch.environment import demo_environment, secret_key

PATIENCE_SECONDS = 300
OF_THE_TEST_RUN = {"DATABASE_URL", "REDIS_URL", "PORTAL_TESTING", "PORTAL_VAR", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


class Launch:
    """One `manage.py run`, its words in a file."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.words = var.parent / f"words-{time.monotonic_ns()}.txt"
        environ = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=places.CHECKOUT,
                env=environ | {"PORTAL_VAR": str(var), "PORT": str(port)},
                stdout=words,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def said(self) -> str:
        """What it printed so far."""
        return self.words.read_text()

    def wait_until_up(self) -> None:
        """Wait for the address and the sign-ins."""
        self.wait_until_it_says("Ctrl-C stops everything")

    def wait_until_it_says(self, words: str) -> None:
        """Wait for some words; fails with what it said when it ends before."""
        until = time.monotonic() + PATIENCE_SECONDS
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.2)

    def children(self) -> list[psutil.Process]:
        """The portal's processes that it wrote down."""
        return [psutil.Process(row["pid"]) for row in json.loads((self.var / "run.json").read_text())]

    def answer(self, path: str) -> dict[str, str]:
        """What the web server answers, read as JSON."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=30) as answer:
            body: dict[str, str] = json.load(answer)
            return body

    def end(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


def running_from(var: Path) -> list[str]:
    """The command lines of living processes that serve from this state folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                continue
            if process.environ().get("PORTAL_VAR") == str(var):
                found.append(" ".join(process.cmdline()))
    return found


@contextmanager
def state_folder() -> Iterator[Path]:
    """A new state folder; whatever a failed test left running from it is ended.

    Not tmp_path: any other pytest session closes that tree to root's stand-in when it starts.
    """
    with tempfile.TemporaryDirectory(prefix="cypmhs-test-") as above:
        folder = Path(above) / "var"
        yield folder
        end_leftovers(folder / "run.json")
        end_servers_of(places.postgres_data(folder))
        if redis_answers(folder):
            stop_redis(folder)
        shutil.rmtree(places.socket_folder(folder), ignore_errors=True)


@pytest.fixture
def var() -> Iterator[Path]:
    """A state folder of the test's own."""
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_var() -> Iterator[Path]:
    """A state folder for tests that leave nothing running, so that the demo is loaded in the first of them alone."""
    with state_folder() as folder:
        yield folder


def assert_nothing_runs(var: Path) -> None:
    """No process, no database and no broker of this state folder is left."""
    assert running_from(var) == []
    assert servers_of(places.postgres_data(var)) == []
    assert not redis_answers(var)


def test_it_comes_up_survives_a_kill_and_stops_on_ctrl_c(shared_var: Path) -> None:
    port = free_port()
    first = Launch(shared_var, port)
    first.wait_until_up()
    assert f"http://127.0.0.1:{port}/" in first.said()
    for row in json.loads((shared_var / "demo-sign-ins.json").read_text()):
        assert row["email"] in first.said()
        assert row["password"] in first.said()
    assert first.answer("healthz") == {"status": "alive"}
    assert first.answer("readyz") == {"status": "ready", "database": "ready", "broker": "ready"}
    left = first.children()

    first.process.kill()
    first.process.wait(PATIENCE_SECONDS)
    assert all(process.is_running() for process in left), "a killed launcher cannot stop its children"

    second = Launch(shared_var, port)
    second.wait_until_up()
    assert "Ended what an earlier start had left running: worker, beat, web." in second.said()
    gone, alive = psutil.wait_procs(left, timeout=0)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == [], gone
    assert second.answer("readyz")["status"] == "ready"

    third = Launch(shared_var, free_port())
    assert third.process.wait(PATIENCE_SECONDS) == 1
    assert f"The portal already runs from {shared_var}" in third.said()
    assert second.answer("healthz") == {"status": "alive"}

    assert second.end(signal.SIGINT) == 0, second.said()
    assert "Stopped." in second.said()
    assert_nothing_runs(shared_var)


def test_a_process_that_dies_stops_everything_and_is_named(shared_var: Path) -> None:
    launch = Launch(shared_var, free_port())
    launch.wait_until_up()
    worker = launch.children()[0]
    worker.kill()
    assert launch.process.wait(PATIENCE_SECONDS) == 1
    assert "The worker process ended by itself" in launch.said()
    assert_nothing_runs(shared_var)


def test_a_port_in_use_is_one_plain_sentence(var: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        launch = Launch(var, other.getsockname()[1])
        assert launch.process.wait(PATIENCE_SECONDS) == 1
    assert launch.said().startswith(f"Port {launch.port} on 127.0.0.1 cannot be used")
    assert len(launch.said().splitlines()) == 1
    assert_nothing_runs(var)


def test_a_kill_or_a_sigterm_before_it_is_up_leaves_nothing(var: Path) -> None:
    killed = Launch(var, free_port())
    killed.wait_until_it_says("Tables: applying migrations")
    killed.process.kill()
    killed.process.wait(PATIENCE_SECONDS)

    launch = Launch(var, killed.port)
    launch.wait_until_it_says("Tables: applying migrations")
    assert launch.end(signal.SIGTERM) == 0, launch.said()
    assert_nothing_runs(var)


def test_any_command_starts_the_database_and_leaves_none_running(var: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    ran = subprocess.run(
        [sys.executable, "manage.py", "showmigrations", "contracts"],
        cwd=places.CHECKOUT,
        env=environ | {"PORTAL_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "[ ] 0001_initial" in ran.stdout
    assert_nothing_runs(var)


def test_the_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    made = secret_key(tmp_path)
    assert len(made) >= 40
    assert secret_key(tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert demo_environment({"PORTAL_VAR": str(tmp_path)})["SECRET_KEY"] == made
    assert demo_environment({"PORTAL_VAR": str(tmp_path), "SECRET_KEY": "own"})["SECRET_KEY"] == "own"


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "\N{FULLWIDTH DIGIT EIGHT}0", "80.5"])
def test_a_port_that_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(AddressError, match="a whole number from 1 to 65535"):
        wanted_address({"PORT": port})


def test_host_and_port_choose_the_address() -> None:
    assert wanted_address({}) == Address("127.0.0.1", 8000)
    assert wanted_address({"PORT": "9000", "HOST": "0.0.0.0"}) == Address("0.0.0.0", 9000)
    assert wanted_address({"HOST": "0.0.0.0"}).url == "http://127.0.0.1:8000/"
    check_is_free(Address("127.0.0.1", free_port()))


def test_a_process_that_only_has_the_same_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as stranger:
        record([Child("web", stranger, tmp_path / "web.log")], tmp_path / "run.json")
        rows = json.loads((tmp_path / "run.json").read_text())
        rows[0]["create_time"] -= 1000
        (tmp_path / "run.json").write_text(json.dumps(rows))
        assert end_leftovers(tmp_path / "run.json") == []
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("text", ["", "[{", "null"])
def test_a_record_that_a_kill_cut_short_is_no_obstacle(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    assert end_leftovers(tmp_path / "run.json") == []
