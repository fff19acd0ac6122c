"""Processes beside the test's own, on the test's database: console commands, scripts and a Celery worker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from cypmhs_portal.embedded import places

PATIENCE_SECONDS = 90
# A broker that is away.
NOBODY = "redis://127.0.0.1:1/0"
WORKER = [
    *(sys.executable, "-m", "celery", "-A", "cypmhs_portal.celery", "worker", "--pool", "solo"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"),
]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that stands on the test's database, on the demo's day."""
    url = os.environ.get("DATABASE_URL") or places.postgres_url(places.var_folder(os.environ))
    return os.environ | {
        "DATABASE_URL": f"{url.rpartition('/')[0]}/{connection.settings_dict['NAME']}",
        "PORTAL_DEMO": "1",
        "PORTAL_TODAY": "2019-10-17",
        **more,
    }


def started(*arguments: str, **more: str) -> "subprocess.Popen[str]":
    """A Python process with these arguments, started; what it prints can be read."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=places.CHECKOUT,
        env=environment(**more),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """The same, run to its end; one that hangs fails."""
    with started(*arguments, **more) as process:
        said, complained = process.communicate(timeout=PATIENCE_SECONDS)
    return subprocess.CompletedProcess(arguments, process.returncode, said, complained)


@contextmanager
def worker(log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker that takes messages from the tests' broker; killed at the end."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            WORKER, cwd=places.CHECKOUT, env=environment(), stdin=subprocess.DEVNULL, stdout=words, stderr=words
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something another process does comes to hold before patience ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
