"""What the launcher says when the portal is up: where it is, who may sign in, and how to try the API."""

import json
from pathlib import Path

from cypmhs_portal.launch.address import Address


def welcome(address: Address, var: Path) -> str:
    """The address, one sign-in for each role and the API's clients, as the demo wrote them down."""
    lines = ["", f"The portal is at {address.url}", ""]
    lines += columns(var / "demo-sign-ins.json", ("role", "email", "password"))
    clients = columns(var / "demo-api-clients.json", ("client_id", "secret", "may"))
    if clients:
        lines += ["", f"Its API is described at {address.url}api/docs/. Systems sign in to it with:", "", *clients]
        lines += ["", f"  {how_to_try(address)}"]
    return "\n".join([*lines, "", f"Logs are in {var / 'log'}. Ctrl-C stops everything."])


def how_to_try(address: Address) -> str:
    """The command that gets a token."""
    return f"curl -u CLIENT:SECRET -d grant_type=client_credentials {address.url}api/v1/token"


def columns(file: Path, names: tuple[str, ...]) -> list[str]:
    """The rows of a file that the demo wrote, in columns as wide as they need be; none where there is no file."""
    if not file.exists():
        return []
    rows = json.loads(file.read_text(encoding="utf-8"))
    widths = [max((len(row[name]) for row in rows), default=0) for name in names]
    wide = dict(zip(names, widths, strict=True))
    return ["  " + "  ".join(f"{row[name]:<{wide[name]}}" for name in names).rstrip() for row in rows]
