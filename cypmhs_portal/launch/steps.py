"""What is done once, in order, before the portal's processes start."""

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cypmhs_portal import demo_mode
from cypmhs_portal.embedded import places
from cypmhs_portal.launch import children
from cypmhs_portal.launch.children import Program

Say = Callable[[str], None]


class StepFailedError(RuntimeError):
    """A step did not end well; the message says which, and quotes the end of its log."""


@contextmanager
def progress(say: Say, what: str) -> Iterator[None]:
    """Say what begins, and how long it took when it is done (real seconds)."""
    say(f"{what} …")
    began = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - began:.1f} s")


def command(name: str, *arguments: str, environ: Mapping[str, str], var: Path) -> None:
    """Run one `manage.py` command, its words going to its log. Raises StepFailedError.

    It is written down like the long-running processes: a killed launcher leaves it at work too.
    """
    log = var / "log" / f"{name}.log"
    log.unlink(missing_ok=True)
    program = Program(name, [sys.executable, "manage.py", name, *arguments])
    child = children.start(program, folder=places.CHECKOUT, log=log, environ=environ, keeping=())
    try:
        children.record([child], var / "run.json")
        code = child.process.wait()
    finally:
        children.stop([child])
    if code:
        raise StepFailedError(f"`manage.py {name}` failed. The end of {log}:\n{children.last_words(log)}")


def prepare(environ: Mapping[str, str], var: Path, say: Say) -> None:
    """Bring the database up to date, gather the static files and load the demo. Raises StepFailedError."""
    with progress(say, "Tables: applying migrations"):
        command("migrate", "--no-input", environ=environ, var=var)
    gather_static_files(environ, var, say)
    database = environ.get("DATABASE_URL") or places.postgres_url(var)
    demo_mode.mark(var, database, environ.get("PORTAL_TODAY") or demo_mode.DEMO_DAY)
    with progress(say, "Demo: loading the Kent agreement and its returns"):
        command("demo", environ=environ, var=var)


def gather_static_files(environ: Mapping[str, str], var: Path, say: Say) -> None:
    """Run collectstatic unless nothing it gathers has changed since the last time."""
    stamp = var / "static.stamp"
    now = digest_of_static_files()
    if stamp.exists() and stamp.read_text() == now and (var / "static").is_dir():
        return
    with progress(say, "Pages: gathering style sheets and scripts"):
        command("collectstatic", "--no-input", "--clear", environ=environ, var=var)
    stamp.write_text(now)


def digest_of_static_files() -> str:
    """Changes when a static file of the project, or a locked package that may bring some, changes."""
    digest = hashlib.sha256((places.CHECKOUT / "uv.lock").read_bytes())
    for path in sorted((places.CHECKOUT / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}\n".encode())
    return digest.hexdigest()
