"""A portal of its own for a while: on a free port, with servers and a state folder that nothing else uses."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cypmhs_portal.embedded import places
from cypmhs_portal.launch.address import DEFAULT_HOST, Address
from cypmhs_portal.launch.children import last_words

PATIENCE_SECONDS = 180
LOOK_SECONDS = 0.2
IS_UP = "Ctrl-C stops everything"
# What would make it use the servers, the settings or the state of whoever starts it.
NOT_HANDED_ON = frozenset(
    {"DATABASE_URL", "REDIS_URL", "PORTAL_VAR", "PORTAL_TESTING", "PORTAL_TODAY", "DJANGO_SETTINGS_MODULE"}
    | {"SECRET_KEY", "DEBUG", "HOST", "PORT"}
)


class TrialFailedError(RuntimeError):
    """The portal did not come up; the message ends with its last words."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A portal that runs with the demo: its address (without a final slash) and each person's password."""

    url: str
    passwords: Mapping[str, str]


@contextmanager
def running_trial(folder: Path, environ: Mapping[str, str]) -> Iterator[Trial]:
    """Run `manage.py run` from `folder` while the block runs. Raises TrialFailedError when it does not come up."""
    folder.mkdir(parents=True, exist_ok=True)
    address, words = Address(DEFAULT_HOST, free_port()), folder / "words.txt"
    kept = {name: value for name, value in environ.items() if name not in NOT_HANDED_ON}
    with words.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=places.CHECKOUT,
            env=kept | {"PORTAL_VAR": str(folder), "PORT": str(address.port)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(process, words)
        yield Trial(address.url.rstrip("/"), passwords_in(folder))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as trial:
        trial.bind((DEFAULT_HOST, 0))
        port: int = trial.getsockname()[1]
        return port


def wait_until_up(process: subprocess.Popen[bytes], words: Path) -> None:
    """Wait until the portal says that it is up. Raises TrialFailedError when it ends or takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while IS_UP not in words.read_text():
        if process.poll() is not None or time.monotonic() > until:
            raise TrialFailedError(f"The portal did not come up:\n{last_words(words)}")
        time.sleep(LOOK_SECONDS)


def passwords_in(folder: Path) -> dict[str, str]:
    """The demo's passwords by e-mail address."""
    return {one["email"]: one["password"] for one in json.loads((folder / "demo-sign-ins.json").read_text())}
