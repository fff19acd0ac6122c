"""The council's side of the demo: its system, what is agreed of its sync, and the sample batch on the day it came."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.models import Agreement, ApiClient, ClientScope, Organisation, Scope
from performance.actions.syncing import take_batch
from performance.models import SyncTerms

FOLDER = Path(__file__).parent / "council"
LONDON = ZoneInfo("Europe/London")
CLIENT = "KCC Early Help system"
HOURS_BETWEEN_BATCHES = 26  # once a day, and two hours late at most
ROUTES = "SPA\nDirect"
CAME_AT = datetime(2019, 9, 2, 7, 5, tzinfo=LONDON)
CLIENT_MADE_AT = datetime(2019, 8, 1, 9, 0, tzinfo=LONDON)


def load_council(agreement: Agreement) -> int:
    """Take in every sample batch that is not there yet; returns how many. A second run changes nothing."""
    SyncTerms.objects.get_or_create(
        agreement=agreement,
        defaults={"hours_between_batches": HOURS_BETWEEN_BATCHES, "referral_routes": ROUTES},
    )
    client = council_client(agreement)
    batches = sorted(FOLDER.glob("*.json"))
    # The file's name is its key: sent again, it is given the answer that it had.
    taken = [
        take_batch(path.read_bytes(), client=client, key=path.stem, at=CAME_AT, on=CAME_AT.date()) for path in batches
    ]
    return sum(not one.is_replay for one in taken)


def council_client(agreement: Agreement) -> ApiClient:
    """The council's system, made where it is missing, with what it may do."""
    client, is_made = ApiClient.objects.get_or_create(
        name=CLIENT,
        organisation=Organisation.objects.get(short_name="KCC"),
        defaults={
            "client_type": ApiClient.CLIENT_CONFIDENTIAL,
            "authorization_grant_type": ApiClient.GRANT_CLIENT_CREDENTIALS,
            "secret_made_at": CLIENT_MADE_AT,
        },
    )
    if is_made:
        ClientScope.objects.create(client=client, agreement=agreement, scope=Scope.EARLY_HELP_WRITE)
    return client
