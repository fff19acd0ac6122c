"""The machine's own Chromium, for tests and for pictures."""

import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Quiet, and without a sandbox: root may not have one.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowserError(RuntimeError):
    """No Chromium is installed; the message says which names were looked for."""


def launch_options() -> dict[str, Any]:
    """What Playwright is told to start it with. Raises NoBrowserError."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        raise NoBrowserError(f"None of {', '.join(NAMES)} is installed. `make test` installs one on Debian.")
    return {"executable_path": found, "args": ARGUMENTS}
