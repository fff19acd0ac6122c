"""Whether a database is the demo's, and on which day the demo lives. Imports no Django: settings read it.

The launcher marks the state folder, so that a command typed in another terminal acts on the same day as the portal
that runs. The mark names the database: the same folder with another DATABASE_URL is no demo.
"""

import hashlib
import json
from pathlib import Path

DEMO_DAY = "2019-10-17"


def mark(var: Path, database_url: str, day: str) -> None:
    """Write that the database at `database_url` is the demo's and lives on `day` (ISO)."""
    var.mkdir(parents=True, exist_ok=True)
    (var / "demo.json").write_text(json.dumps({"database": _digest(database_url), "day": day}))


def marked_day(var: Path, database_url: str) -> str | None:
    """The day (ISO) that the demo in this database lives on; None where it is not marked as the demo's."""
    try:
        marked = json.loads((var / "demo.json").read_text())
    except (OSError, ValueError):
        return None
    is_this = isinstance(marked, dict) and marked.get("database") == _digest(database_url)
    return str(marked["day"]) if is_this and "day" in marked else None


def _digest(database_url: str) -> str:
    """The address may hold a password, so only its digest is written down."""
    return hashlib.sha256(database_url.encode()).hexdigest()
