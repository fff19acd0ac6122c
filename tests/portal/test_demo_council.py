"""The council's side of the demo: loaded once, and left as it is by whoever used it since."""

import pytest

from contracts.models import ApiClient, ClientScope
from cypmhs_portal.demo.council import CAME_AT, CLIENT, load_council
from performance.models import CouncilCase, SyncRun
from tests.council_batches import body_of, council_client, sent, tombstone
from tests.kent import Kent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council_system(kent: Kent) -> ApiClient:
    """The demo's system of the council's, without the making of its secret, which is slow on purpose."""
    client = council_client(kent.agreement)
    kent.agreement.sync_terms.delete()
    ApiClient.objects.update(client_id=CLIENT)
    return client


def test_the_sample_came_on_the_morning_of_2_september(kent: Kent) -> None:
    assert load_council(kent.agreement) == 1
    run = SyncRun.objects.get()
    assert (run.created, run.refused, str(run.as_of)) == (229, 0, "2019-08-31")
    assert run.received_at == CAME_AT
    assert f"{CAME_AT:%Y-%m-%d %H:%M %Z}" == "2019-09-02 07:05 BST"
    assert kent.agreement.sync_terms.hours_between_batches == 26


def test_loaded_again_it_changes_nothing_that_was_done_since(kent: Kent) -> None:
    load_council(kent.agreement)
    client = ApiClient.objects.get()
    reference = CouncilCase.objects.order_by("reference")[0].reference
    sent(client, body_of([tombstone(reference, "2019-09-03T09:00:00Z")]))
    ClientScope.objects.all().delete()
    assert load_council(kent.agreement) == 0
    assert CouncilCase.objects.get(reference=reference).is_deleted
    assert (SyncRun.objects.count(), ApiClient.objects.count(), ClientScope.objects.count()) == (2, 1, 0)
