"""Make a database and a state folder of its own, measure in them, and leave nothing behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.own_database import own_database
from cypmhs_portal.embedded.places import CHECKOUT

FIRST = (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"])
PARTS = ("measure", "measure_cases", "measure_api", "measure_sync")


def main(parts: Sequence[str]) -> int:
    """Measure all parts or the named ones, in order; returns the exit code of the first that fails, else 0."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        there = ", ".join(PARTS)
        sys.stderr.write(f"There is no part called {unknown[0]}. There are: {there}.\n")
        return 2
    named = [[part] for part in PARTS if part in (parts or PARTS)]
    # The first part loads the demo as it measures; the others need it loaded.
    commands = [*FIRST, *([] if [PARTS[0]] in named else [["demo", "--verbosity", "0"]]), *named]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as var, own_database(Path(var), os.environ) as url:
        environ = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PORTAL_DEMO": "1",
            "PORTAL_VAR": var,
            # The work that messages ask for is measured here, so no worker of anybody may take it.
            "REDIS_URL": "memory://localhost/",
        }
        for command in commands:
            code = subprocess.run([sys.executable, "manage.py", *command], cwd=CHECKOUT, env=environ, check=False)
            if code.returncode:
                return code.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
