"""Batches of the council's Early Help cases made by code: the sample's, any of them changed, and who sends them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from contracts.models import Agreement, ApiClient, ClientScope, Organisation, Party, PartyRole, Scope
from cypmhs_portal.demo.council import FOLDER
from performance.actions.syncing import TakenBatch, take_batch
from performance.models import CouncilCase, SyncTerms
from tests.invariants.refusals import again
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent

SAMPLE = FOLDER / "early-help-cases-2019-08.json"
KENT = "KCC-CYPMHS-S76"
AS_OF = "2019-08-31"
# Every column of a case but those that say which row and which batch it came with.
COLUMNS = tuple(field.attname for field in CouncilCase._meta.concrete_fields if field.attname not in ("id", "run_id"))
GOOD = {
    "case_ref": "EH-2019-10001",
    "district": "E07000105",
    "pathway": "Early Help",
    "referral_route": "SPA",
    "opened_on": "2019-07-04",
    "closed_on": None,
    "unit": "EHU-105-1",
    "goals_met": None,
    "updated_at": "2019-08-30T09:00:00Z",
}
Case = dict[str, Any]


def sample() -> dict[str, Any]:
    """The sample batch of August 2019."""
    batch: dict[str, Any] = json.loads(SAMPLE.read_text())
    return batch


def case(**changes: Any) -> Case:
    """A good case with some fields changed."""
    return {**GOOD, **changes}


def without(name: str) -> Case:
    """A good case that leaves a field out."""
    return {field: value for field, value in GOOD.items() if field != name}


def tombstone(reference: str = "EH-2019-10001", updated_at: str = "2019-08-31T09:00:00Z") -> Case:
    """A case that was deleted."""
    return {"case_ref": reference, "updated_at": updated_at, "deleted": True}


def body_of(cases: Iterable[Any], **frame: Any) -> bytes:
    """Cases as the body of a batch."""
    return json.dumps({"agreement": KENT, "as_of": AS_OF, **frame, "cases": list(cases)}).encode()


CLIENT_COLUMNS: dict[str, Any] = {
    "name": "KCC Early Help system",
    "client_type": ApiClient.CLIENT_CONFIDENTIAL,
    "authorization_grant_type": ApiClient.GRANT_CLIENT_CREDENTIALS,
    # The hash of nothing that anybody knows; making one is slow on purpose.
    "client_secret": "md5$none$none",
    "secret_made_at": datetime(2019, 8, 1, tzinfo=UTC),
}


def council_client(agreement: Agreement, name: str = "KCC Early Help system") -> ApiClient:
    """A system of the council's that may send cases, and the terms of its sync; made once."""
    council = Organisation.objects.get(short_name="KCC")
    client, _ = ApiClient.objects.get_or_create(
        name=name, defaults={**CLIENT_COLUMNS, "name": name, "organisation": council}
    )
    Party.objects.get_or_create(agreement=agreement, organisation=council, role=PartyRole.COUNCIL)
    ClientScope.objects.get_or_create(client=client, agreement=agreement, scope=Scope.EARLY_HELP_WRITE)
    SyncTerms.objects.get_or_create(
        agreement=agreement, defaults={"hours_between_batches": 26, "referral_routes": "SPA\nDirect"}
    )
    return client


def another_agreement(kent: Kent) -> Agreement:
    """Another agreement of the council's, with nothing else in it."""
    other = again(kent.agreement, reference="OTHER-S75")
    Party.objects.create(
        agreement=other, organisation=Organisation.objects.get(short_name="KCC"), role=PartyRole.COUNCIL
    )
    return other


def sent(client: ApiClient, body: bytes, key: str | None = None, at: datetime = DEMO_MOMENT) -> TakenBatch:
    """A batch, taken in on the demo's day."""
    return take_batch(body, client=client, key=key, at=at, on=DEMO_DAY)


def results(taken: TakenBatch) -> list[str]:
    """What came of each case: its result, or the reason that it was refused."""
    return [str(one["reason"] or one["result"]) for one in taken.answer["results"]]


def table() -> list[tuple[Any, ...]]:
    """What is held of every case, whichever batch it came with."""
    return list(CouncilCase.objects.order_by("agreement_id", "reference").values_list(*COLUMNS))
