"""The council's side of the demo: what is agreed of its sync, and the sample batch on the day it came."""

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.models import Agreement, ApiClient
from performance.actions.syncing import take_batch
from performance.models import SyncTerms

FOLDER = Path(__file__).parent / "council"
LONDON = ZoneInfo("Europe/London")
CLIENT = "kcc-early-help"
HOURS_BETWEEN_BATCHES = 26  # once a day, and two hours late at most
ROUTES = "SPA\nDirect"
CAME_AT = datetime(2019, 9, 2, 7, 5, tzinfo=LONDON)


def load_council(agreement: Agreement) -> int:
    """Take in every sample batch that was not taken in yet; returns how many. What was done since is left as it is."""
    taken = set(agreement.sync_runs.values_list("body_sha256", flat=True))
    missing = [body for body in sample_batches() if hashlib.sha256(body).hexdigest() not in taken]
    if not missing:
        return 0
    SyncTerms.objects.get_or_create(
        agreement=agreement,
        defaults={"hours_between_batches": HOURS_BETWEEN_BATCHES, "referral_routes": ROUTES},
    )
    client = ApiClient.objects.get(client_id=CLIENT)
    for body in missing:
        take_batch(body, client=client, key=None, at=CAME_AT, on=CAME_AT.date())
    return len(missing)


def sample_batches() -> list[bytes]:
    """The sample's batches as they came, in the order of their months."""
    return [path.read_bytes() for path in sorted(FOLDER.glob("*.json"))]
