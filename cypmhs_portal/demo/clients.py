"""The demo's systems that use the API, with secrets of this machine's own so that anybody who runs it can try them."""

import json
import secrets
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.api_clients import Known, make_client, new_secret
from contracts.audit import CONSOLE
from contracts.models import Agreement, ApiClient, Organisation, Scope

CLIENTS = [
    # identifier, name, organisation, what it may do
    ("kcc-early-help", "KCC Early Help system", "KCC", (Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ)),
    ("kcc-reporting", "KCC reporting", "KCC", (Scope.FIGURES_READ, Scope.MONEY_READ)),
    ("nelft-returns", "NELFT returns", "NELFT", (Scope.RETURNS_WRITE, Scope.FIGURES_READ)),
]
MADE_AT = datetime(2019, 8, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
FILE_NAME = "demo-api-clients.json"


def load_clients(agreement: Agreement, clients_file: Path, *, at: datetime) -> int:
    """Make the clients that are missing, with the secrets that `clients_file` holds or is now given; returns how many.

    Where the file was lost, what it said is nowhere else, so each client in use is given another secret.
    """
    is_new = not clients_file.exists()
    known = _secrets(clients_file)
    made = 0
    for identifier, name, organisation, scopes in CLIENTS:
        client = ApiClient.objects.filter(client_id=identifier).first()
        if client is None:
            make_client(
                name=name,
                organisation=Organisation.objects.get(short_name=organisation),
                scopes=[(agreement, scope) for scope in scopes],
                by=CONSOLE,
                at=MADE_AT,
                known=Known(identifier, known[identifier]),
            )
            made += 1
        elif is_new and client.revoked_at is None:
            new_secret(client, by=CONSOLE, at=at, secret=known[identifier])
    return made


def _secrets(clients_file: Path) -> dict[str, str]:
    """Each client's secret by its identifier, made once for this machine and kept readable for its owner only."""
    rows: list[dict[str, str]] = []
    if clients_file.exists():
        rows = json.loads(clients_file.read_text(encoding="utf-8"))
    there = {row["client_id"] for row in rows}
    missing = [
        {"client_id": identifier, "name": name, "may": " ".join(scopes), "secret": secrets.token_urlsafe(24)}
        for identifier, name, _, scopes in CLIENTS
        if identifier not in there
    ]
    if missing:
        rows += missing
        clients_file.parent.mkdir(parents=True, exist_ok=True)
        clients_file.touch(mode=0o600)
        clients_file.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return {row["client_id"]: row["secret"] for row in rows}
