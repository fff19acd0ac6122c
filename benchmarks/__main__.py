"""Make a database and a state folder of its own, measure in them, and leave nothing behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.own_database import own_database
from cypmhs_portal.embedded.places import CHECKOUT

COMMANDS = (
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--no-input", "--verbosity", "0"],
    ["measure"],
    ["measure_cases"],
    ["measure_api"],
    ["measure_sync"],
)


def main() -> int:
    """Run the commands in order; returns the exit code of the first that fails, else 0."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as var, own_database(Path(var), os.environ) as url:
        environ = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PORTAL_DEMO": "1",
            "PORTAL_VAR": var,
            # The work that messages ask for is measured here, so no worker of anybody may take it.
            "REDIS_URL": "memory://localhost/",
        }
        for command in COMMANDS:
            code = subprocess.run([sys.executable, "manage.py", *command], cwd=CHECKOUT, env=environ, check=False)
            if code.returncode:
                return code.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
