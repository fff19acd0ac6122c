"""What every test stands on: real servers, a browser from this machine, no network beyond it."""

import os
import shutil
import socket
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cypmhs_portal.embedded import places
from cypmhs_portal.embedded.postgres import running_postgres
from cypmhs_portal.embedded.redis import running_redis
from tests.kent import DEMO_DAY, Kent, load_terms

HELD_SERVERS = pytest.StashKey[ExitStack]()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """A test that reaches for the network fails where it does so."""
    if event != "socket.connect":
        return
    connecting, address = arguments
    if connecting.family not in (socket.AF_INET, socket.AF_INET6):
        return
    if address[0] not in ("localhost", "::1") and not str(address[0]).startswith("127."):
        raise RuntimeError(f"A test tried to reach {address[0]}; tests reach this machine only.")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers for the session where no other is named; xdist's processes share them."""
    sys.addaudithook(refuse_other_machines)
    if hasattr(config, "workerinput"):
        return
    held = config.stash[HELD_SERVERS] = ExitStack()
    var = places.var_folder(os.environ)
    if not os.environ.get("DATABASE_URL"):
        held.enter_context(running_postgres(var, durable=False))
    if not os.environ.get("REDIS_URL"):
        held.enter_context(running_redis(var))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers that this session alone used."""
    held = config.stash.get(HELD_SERVERS, None)
    if held is not None:
        held.close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, quiet and without a sandbox (root may not have one)."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    assert found, f"None of {', '.join(BROWSERS)} is installed. `make test` installs one on Debian."
    return {"executable_path": found, "args": BROWSER_ARGUMENTS}


@pytest.fixture
def on_the_demo_day(settings: Settings) -> date:
    """The portal lives on the demo's day, as in demo mode."""
    settings.PORTAL_TODAY = DEMO_DAY
    return DEMO_DAY


@pytest.fixture
def kent(db: None, settings: Settings, on_the_demo_day: date, tmp_path: Path) -> Kent:
    """The Kent agreement's terms and people on the demo's day, without any return."""
    # Eight people's passwords; the real hasher is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return load_terms(tmp_path / "sign-ins.json")
