"""What breaks each constraint and trigger of clients of the API, of the council's cases and of their batches."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from contracts.models import Agreement, ApiClient, ClientUse, Pathway, Place
from performance.models import CouncilCase, SyncAlert, SyncRun, SyncTerms
from tests.council_batches import CLIENT_COLUMNS, council_client
from tests.invariants.refusals import Refusals, again, area_elsewhere, changed, elsewhere, first
from tests.kent import DEMO_MOMENT, Kent

OPENED = date(2019, 7, 4)
TOLD_AT = DEMO_MOMENT - timedelta(days=60)
LATER = DEMO_MOMENT - timedelta(days=59)


def client() -> ApiClient:
    """The council's system."""
    return council_client(Agreement.objects.get(reference="KCC-CYPMHS-S76"))


def another_client(**changes: Any) -> ApiClient:
    """A system that is broken in some way."""
    return ApiClient.objects.create(**{**CLIENT_COLUMNS, "organisation": client().organisation, **changes})


def use() -> ClientUse:
    """A minute of the client's use."""
    return ClientUse.objects.create(client=client(), minute=timezone.now(), requests=1)


def run(**changes: Any) -> SyncRun:
    """A batch of one case."""
    one = client()
    counts = {"cases": 1, "created": 1, "updated": 0, "unchanged": 0, "stale": 0, "refused": 0}
    return SyncRun.objects.create(
        **{
            "agreement": one.client_scopes.get().agreement,
            "client": one,
            "body_sha256": "0" * 64,
            "as_of": date(2019, 8, 31),
            "received_at": DEMO_MOMENT,
            **counts,
            **changes,
        }
    )


def council_case(**changes: Any) -> CouncilCase:
    """A case of the council's."""
    of_batch = run()
    district = Place.objects.get(agreement=of_batch.agreement, code="E07000105")
    return CouncilCase.objects.create(
        **{
            "agreement": of_batch.agreement,
            "reference": "EH-2019-99999",
            "updated_at": TOLD_AT,
            "fingerprint": "a" * 64,
            "district": district,
            "area": district.area,
            "pathway": Pathway.objects.get(agreement=of_batch.agreement, code="early-help"),
            "referral_route": "SPA",
            "opened_on": OPENED,
            "unit": "EHU-105-1",
            "run": of_batch,
            **changes,
        }
    )


def told_for_another_agreement(kent: Kent) -> None:
    """A case whose area is another agreement's."""
    council_case(area=area_elsewhere(kent))


def told_anew_for_another_agreement(kent: Kent) -> None:
    """The same by a newer telling."""
    changed(council_case(), updated_at=LATER, area=area_elsewhere(kent))


def a_key_twice(_: Kent) -> None:
    """Two batches under one key."""
    run(idempotency_key="one")
    run(idempotency_key="one")


def a_minute_twice(_: Kent) -> None:
    """Two counts of one minute."""
    again(use())


def terms() -> SyncTerms:
    """What is agreed of the sync."""
    client()
    return first(SyncTerms)


def an_alert_twice(kent: Kent) -> None:
    """One silence, told to one address twice."""
    alert = SyncAlert.objects.create(
        agreement=kent.agreement, silent_since=DEMO_MOMENT, address="a@b.example", written_at=DEMO_MOMENT
    )
    again(alert)


OF_SYNC: Refusals = {
    "a_client_signs_in_with_its_own_secret": lambda _: another_client(client_type="public"),
    "a_clients_secret_is_kept_as_a_hash": lambda _: another_client(hash_client_secret=False),
    "a_client_has_a_name": lambda _: another_client(name=""),
    "a_client_may_ask_at_all": lambda _: another_client(requests_a_minute=0),
    "a_client_has_a_scope_once_in_an_agreement": lambda _: again(client().client_scopes.get()),
    "a_client_has_known_scopes": lambda _: changed(client().client_scopes.get(), scope="everything"),
    "a_clients_requests_are_counted_by_the_minute": a_minute_twice,
    "a_minute_of_use_has_a_request": lambda _: changed(use(), requests=0),
    "batches_are_some_hours_apart": lambda _: changed(terms(), hours_between_batches=0),
    "cases_are_complete_from_the_first_of_a_month": lambda _: changed(terms(), complete_from=date(2019, 8, 2)),
    "sync_terms_keep_their_agreement": lambda kent: changed(terms(), agreement=elsewhere(kent)),
    "an_idempotency_key_is_used_once": a_key_twice,
    "each_case_of_a_batch_has_one_result": lambda _: run(cases=2),
    "sync_runs_are_append_only": lambda _: changed(run(), cases=1),
    "a_council_case_is_held_once": lambda _: again(council_case()),
    "a_council_case_closes_after_it_opened": lambda _: council_case(closed_on=OPENED - timedelta(days=1)),
    "a_tombstone_says_nothing_of_the_case": lambda _: council_case(is_deleted=True),
    "council_cases_are_not_deleted": lambda _: council_case().delete(),
    "an_older_telling_never_wins": lambda _: changed(council_case(), updated_at=TOLD_AT - timedelta(seconds=1)),
    "a_council_case_is_of_its_agreement": told_for_another_agreement,
    "a_council_case_is_of_its_agreement_still": told_anew_for_another_agreement,
    "a_silence_is_told_to_an_address_once": an_alert_twice,
}
ROWS_OF_SYNC: dict[type[Model], Callable[[], Model]] = {SyncRun: run}
