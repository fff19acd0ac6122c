"""The portal's long-running processes as children of the launcher."""

import json
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psutil

PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Program:
    """One process to start: the name it is spoken of by, and its command line."""

    name: str
    command: Sequence[str]


class Recorded(TypedDict):
    """A started process as it is written down; the time of its creation in seconds since 1970."""

    name: str
    pid: int
    create_time: float


@dataclass(frozen=True, slots=True)
class Child:
    """A program that was started, and the log that its words go to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def start(program: Program, *, folder: Path, log: Path, environ: Mapping[str, str], keeping: Sequence[int]) -> Child:
    """Start the program in a session of its own, so that Ctrl-C reaches the launcher alone.

    `keeping` are descriptors the child holds open: the locks that keep the embedded servers running.
    """
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Mails are printed there in a trial, so nobody else may read it.
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as words:
        process = subprocess.Popen(
            list(program.command),
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=tuple(keeping),
        )
    return Child(program.name, process, log)


def first_to_stop(children: Iterable[Child]) -> Child | None:
    """A child that has ended; None while all live."""
    return next((child for child in children if child.process.poll() is not None), None)


def last_words(log: Path, lines: int = 15) -> str:
    """The end of a log, for a person who asks why a process stopped."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def stop(children: Sequence[Child]) -> None:
    """Ask all to stop, the last started first; end those that do not listen, with all they started."""
    for child in reversed(children):
        if child.process.poll() is None:
            child.process.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(PATIENCE_SECONDS)
        end_group(child.process.pid)
        child.process.wait()


def end_group(leader: int) -> None:
    """Kill whatever still lives of the process group that this child led."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def record(children: Sequence[Child], path: Path) -> None:
    """Write down which processes were started, for a launcher that follows a killed one."""
    started: list[Recorded] = []
    for child in children:
        with suppress(psutil.NoSuchProcess):
            created = psutil.Process(child.process.pid).create_time()
            started.append({"name": child.name, "pid": child.process.pid, "create_time": created})
    path.write_text(json.dumps(started, indent=2))


def end_leftovers(path: Path) -> list[str]:
    """End the processes that a killed launcher wrote down and left; returns the names of those found.

    A number alone is no proof, the system gives it out again: the time of creation must agree. A process
    whose leader is gone is known by the group that the leader made, and by being younger than it.
    """
    if not path.exists():
        return []
    found = []
    for row in recorded(path):
        members = members_of_group(row["pid"], row["create_time"])
        if members:
            found.append(row["name"])
            end_all(members)
    path.unlink()
    return found


def recorded(path: Path) -> list[Recorded]:
    """The rows of the record; none when a kill left it half written."""
    try:
        rows: list[Recorded] | None = json.loads(path.read_text())
    except json.JSONDecodeError:
        return []
    return rows or []


def members_of_group(leader: int, created: float) -> list[psutil.Process]:
    """The living processes of the group `leader` made at the time `created` (seconds since 1970)."""
    with suppress(psutil.NoSuchProcess):
        if psutil.Process(leader).create_time() != created:
            return []
    members = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, ProcessLookupError, PermissionError):
            is_alive = process.status() != psutil.STATUS_ZOMBIE
            if is_alive and os.getpgid(process.pid) == leader and process.create_time() >= created:
                members.append(process)
    return members


def end_all(processes: Sequence[psutil.Process]) -> None:
    """Ask the processes to stop and kill those that do not."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=PATIENCE_SECONDS)
