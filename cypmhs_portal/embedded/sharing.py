"""One server shared by every command that needs it: the first starts it, the last one stops it.

Each user holds a shared lock on a file. The system drops a lock when its process ends, however it ends,
so that nothing is ever counted that is gone.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class EmbeddedServerError(RuntimeError):
    """An embedded server cannot be had; the message says why and what to do, for the person at the console."""


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A file descriptor of the lock file, made if missing. Not inherited by programs started later."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock file alone, waiting for whoever has it."""
    with opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def nobody_else_holds(descriptor: int) -> bool:
    """Whether no other process shares this lock; takes it alone when so."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def shared(folder: Path, name: str, *, start: Callable[[], None], stop: Callable[[], None]) -> Iterator[int]:
    """Make the server run while the block runs; yields the descriptor whose lock keeps it running.

    `start` must do nothing when the server runs already. A child process that is handed the descriptor
    keeps the server for as long as it lives, even when its parent is killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with opened(folder / f"{name}.users") as users:
        with one_at_a_time(folder / f"{name}.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            start()
        try:
            yield users
        finally:
            with one_at_a_time(folder / f"{name}.lock"):
                if nobody_else_holds(users):
                    stop()
