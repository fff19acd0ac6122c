"""The council's side of the demo: what is agreed of its sync, and the sample batch on the day it came."""

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
    """Take in every sample batch that is not there yet; returns how many. A second run changes nothing."""
    SyncTerms.objects.get_or_create(
        agreement=agreement,
        defaults={"hours_between_batches": HOURS_BETWEEN_BATCHES, "referral_routes": ROUTES},
    )
    client = ApiClient.objects.get(client_id=CLIENT)
    batches = sorted(FOLDER.glob("*.json"))
    # The file's name is its key: sent again, it is given the answer that it had.
    taken = [
        take_batch(path.read_bytes(), client=client, key=path.stem, at=CAME_AT, on=CAME_AT.date()) for path in batches
    ]
    return sum(not one.is_replay for one in taken)
