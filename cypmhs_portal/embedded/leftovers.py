"""What a SIGKILL leaves of an embedded PostgreSQL, found and cleared before a new start."""

from contextlib import suppress
from pathlib import Path

import psutil

PATIENCE_SECONDS = 10


def servers_of(data: Path) -> list[psutil.Process]:
    """The postmasters that were started on this data folder and still live."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        command = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and "-D" in command and str(data) in command:
            found.append(process)
    return found


def end_servers_of(data: Path) -> None:
    """End servers that no longer answer here, such as one whose data folder was deleted under it."""
    processes = servers_of(data)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=PATIENCE_SECONDS)


def forget_dead_postmaster(data: Path) -> None:
    """Remove a postmaster.pid whose number now belongs to another program.

    PostgreSQL itself removes one whose process is gone, but takes any living process for a postmaster;
    after a restart of a container the same small numbers come again.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    first_line = pid_file.read_text().partition("\n")[0].strip()
    with suppress(psutil.NoSuchProcess):
        if not first_line.isdigit() or psutil.Process(int(first_line)).name() != "postgres":
            pid_file.unlink()
