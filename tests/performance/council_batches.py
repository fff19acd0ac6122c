"""The council's side for tests: batches as they stand in the database once they were taken in."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from contracts.models import Agreement, ApiClient, PartyRole
from performance.models import CouncilCase, SyncRun
from performance.needs import state_need
from tests.kent import DEMO_MOMENT

(SAMPLE,) = (Path(__file__).parents[2] / "cypmhs_portal" / "demo").rglob("early-help-cases-2019-08.json")


def council_client(agreement: Agreement) -> ApiClient:
    """The system of the agreement's council; made where it is not there yet."""
    council = agreement.parties.filter(role=PartyRole.COUNCIL).order_by("pk")[0].organisation
    client, _ = ApiClient.objects.get_or_create(
        name="Liquidlogic",
        organisation=council,
        defaults={
            "authorization_grant_type": "client-credentials",
            "client_type": "confidential",
            "secret_made_at": DEMO_MOMENT,
        },
    )
    return client


def batch(agreement: Agreement, as_of: date, at: datetime = DEMO_MOMENT, cases: int = 0, **counts: int) -> SyncRun:
    """A batch that was received at a moment; of its cases all are new where nothing else is said."""
    return SyncRun.objects.create(
        agreement=agreement,
        client=council_client(agreement),
        body_sha256="0" * 64,
        as_of=as_of,
        received_at=at,
        cases=cases,
        **{"created": 0 if counts else cases, "updated": 0, "unchanged": 0, "stale": 0, "refused": 0, **counts},
    )


def tell(agreement: Agreement, cases: Iterable[dict[str, Any]], as_of: date, at: datetime = DEMO_MOMENT) -> SyncRun:
    """Have the council's system tell cases, each new or newer than before, and state what must be worked out again.

    `cases` are as a batch has them; a case without `pathway` is on the one that the agreement's case lists count.
    """
    told = list(cases)
    run = batch(agreement, as_of, at, len(told))
    districts = {place.code: place for place in agreement.places.exclude(area=None)}
    pathways = {pathway.name: pathway for pathway in agreement.pathways.all()}
    counted = agreement.measures.filter(is_counted_by_case_list=True).order_by("pk").first()
    for one in told:
        values: dict[str, Any] = {"updated_at": one["updated_at"], "is_deleted": one.get("deleted", False), "run": run}
        values["fingerprint"] = hashlib.sha256(json.dumps(one, sort_keys=True, default=str).encode()).hexdigest()
        if values["is_deleted"]:
            values |= dict.fromkeys(("district", "area", "pathway", "opened_on", "closed_on", "goals_met"))
            values |= {"referral_route": "", "unit": ""}
        else:
            district = districts[one["district"]]
            pathway = pathways[one["pathway"]] if "pathway" in one else counted and counted.pathway
            values |= {"district": district, "area": district.area, "pathway": pathway}
            values |= {name: one[name] for name in ("referral_route", "opened_on", "closed_on")}
        CouncilCase.objects.update_or_create(agreement=agreement, reference=one["case_ref"], defaults=values)
    state_need(agreement, agreement.starts_on, None, reason=f"Batch {run.pk} came", at=at)
    return run


def sample_cases() -> list[dict[str, Any]]:
    """The council's cases of August 2019, as its sample batch has them."""
    cases: list[dict[str, Any]] = json.loads(SAMPLE.read_text())["cases"]
    return cases


def tell_sample(agreement: Agreement, as_of: date = date(2019, 8, 31), at: datetime = DEMO_MOMENT) -> SyncRun:
    """The sample batch of August 2019."""
    return tell(agreement, sample_cases(), as_of, at)
