"""What the demo's processes are told through their environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cypmhs_portal.embedded import places

SECRET_BYTES = 48


def demo_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to add to `environ` for the demo: its mode, its state folder, this machine's secret."""
    var = places.var_folder(environ)
    return {
        "PORTAL_DEMO": "1",
        "PORTAL_VAR": str(var),
        "SECRET_KEY": environ.get("SECRET_KEY") or secret_key(var),
    }


def secret_key(var: Path) -> str:
    """This machine's secret, made at first use and kept in a file that only its owner can read."""
    path = var / "secret-key"
    var.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
    return path.read_text().strip()
