"""Start the whole portal, say where it is, and keep it until it is stopped."""

import fcntl
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.postgres import running_postgres
from cypmhs_portal.embedded.redis import running_redis
from cypmhs_portal.embedded.sharing import EmbeddedServerError, opened
from cypmhs_portal.launch import children
from cypmhs_portal.launch.address import Address, AddressError, answers, check_is_free, wanted_address
from cypmhs_portal.launch.children import Child, Program
from cypmhs_portal.launch.steps import Say, StepFailedError, prepare, progress
from cypmhs_portal.launch.welcome import welcome

START_SECONDS = 180
LOOK_SECONDS = 0.3
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunningError(RuntimeError):
    """Another launcher runs from this state folder."""


class ChildStoppedError(RuntimeError):
    """One of the portal's processes ended by itself; the message quotes its log."""


def run(environ: Mapping[str, str], say: Say) -> int:
    """Run the portal until Ctrl-C or SIGTERM (returns 0) or until it cannot go on (says why, returns 1)."""
    for number in STOPPING:
        signal.signal(number, interrupt)
    try:
        with only_one(places.var_folder(environ)):
            serve(environ, places.var_folder(environ), say)
    except KeyboardInterrupt:
        say("Stopped.")
        return 0
    except (EmbeddedServerError, AddressError, StepFailedError, AlreadyRunningError, ChildStoppedError) as error:
        say(str(error))
        return 1
    return 0


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Refuse a second launcher on the same state folder. Raises AlreadyRunningError."""
    var.mkdir(parents=True, exist_ok=True)
    with opened(var / "run.lock") as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(
                f"The portal already runs from {var}. Stop it there with Ctrl-C, or set PORTAL_VAR to another folder."
            ) from error
        yield


def serve(environ: Mapping[str, str], var: Path, say: Say) -> None:
    """Start everything and watch it. Leaves by an exception only, and then stops what it started."""
    address = wanted_address(environ)
    left = children.end_leftovers(var / "run.json")
    if left:
        say(f"Ended what an earlier start had left running: {', '.join(left)}.")
    check_is_free(address)
    with ExitStack() as held:
        keeping = held_servers(held, environ, var, say)
        prepare(environ, var, say)
        started: list[Child] = []
        held.callback(stop_all, started, var, say)
        for program in programs(address, var):
            log = var / "log" / f"{program.name}.log"
            started.append(children.start(program, folder=places.CHECKOUT, log=log, environ=environ, keeping=keeping))
            children.record(started, var / "run.json")
        wait_until_it_answers(address, started, say)
        say(welcome(address, var))
        watch(started)


def held_servers(held: ExitStack, environ: Mapping[str, str], var: Path, say: Say) -> list[int]:
    """Make the embedded servers run where no other is named; returns the descriptors that keep them."""
    keeping = []
    if not environ.get("DATABASE_URL"):
        with progress(say, "Database: starting the embedded PostgreSQL"):
            keeping.append(held.enter_context(running_postgres(var)))
    if not environ.get("REDIS_URL"):
        with progress(say, "Queue: starting the embedded Redis"):
            keeping.append(held.enter_context(running_redis(var)))
    return keeping


def programs(address: Address, var: Path) -> list[Program]:
    """The portal's processes, in the order they are started."""
    celery = (sys.executable, "-m", "celery", "-A", "cypmhs_portal.celery")
    gunicorn = (sys.executable, "-m", "gunicorn", "cypmhs_portal.wsgi", "--no-control-socket")
    schedule = str(var / "celerybeat-schedule")
    bind = f"[{address.host}]:{address.port}" if ":" in address.host else f"{address.host}:{address.port}"
    return [
        Program("worker", [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"]),
        Program("beat", [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "INFO"]),
        Program("web", [*gunicorn, "--bind", bind, "--workers", "2", "--threads", "2"]),
    ]


def wait_until_it_answers(address: Address, started: list[Child], say: Say) -> None:
    """Wait for the web server's first answer. Raises ChildStoppedError when a process ends or it never comes."""
    with progress(say, "Portal: starting the web server and the worker"):
        until = time.monotonic() + START_SECONDS
        while not answers(address):
            raise_if_one_stopped(started)
            if time.monotonic() > until:
                raise ChildStoppedError(f"The web server did not answer at {address.url}; see {started[-1].log}.")
            time.sleep(LOOK_SECONDS)


def watch(started: list[Child]) -> None:
    """Look at the processes until one ends. Raises ChildStoppedError then."""
    while True:
        raise_if_one_stopped(started)
        time.sleep(LOOK_SECONDS)


def raise_if_one_stopped(started: list[Child]) -> None:
    """Raises ChildStoppedError, with the end of its log, when a process has ended."""
    child = children.first_to_stop(started)
    if child is not None:
        raise ChildStoppedError(
            f"The {child.name} process ended by itself (code {child.process.returncode}), so everything is stopped. "
            f"The end of {child.log}:\n{children.last_words(child.log)}"
        )


def stop_all(started: list[Child], var: Path, say: Say) -> None:
    """Stop the processes; a further Ctrl-C does not interrupt it."""
    ignore_further_signals()
    say("Stopping …")
    children.stop(started)
    (var / "run.json").unlink(missing_ok=True)


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Begin to stop, at the first signal only. Raises KeyboardInterrupt."""
    ignore_further_signals()
    raise KeyboardInterrupt


def ignore_further_signals() -> None:
    """From here on a Ctrl-C changes nothing: what is being stopped is stopped in order."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
