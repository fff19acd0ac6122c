"""A batch taken in: what each case came to, what is held then, and what must be worked out again."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Agreement, ApiClient, ClientScope, Event
from performance.council_sync.refused import BatchRefused
from performance.models import CouncilCase, RecomputeNeed, SyncRun
from tests.council_batches import (
    GOOD,
    KENT,
    SAMPLE,
    another_agreement,
    body_of,
    case,
    council_client,
    results,
    sample,
    sent,
    table,
    tombstone,
)
from tests.kent import DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "2019-08-30T08:59:59Z", "2019-08-30T09:00:01Z"


@pytest.fixture
def client(kent: Kent) -> ApiClient:
    """The council's system."""
    return council_client(kent.agreement)


def row_versions() -> list[tuple[Any, ...]]:
    """Which version of its row each case is: an update writes another, though it change nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text, ctid::text FROM {CouncilCase._meta.db_table} ORDER BY id")
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def rows_of_every_table() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def counts(client: ApiClient, body: bytes) -> dict[str, int]:
    """What came of a batch, without what came of no case."""
    return {name: count for name, count in sent(client, body).answer["counts"].items() if count}


def held(**of: Any) -> CouncilCase:
    """The one case."""
    return CouncilCase.objects.get(**of)


def test_the_sample_is_created_and_sent_again_changes_nothing(client: ApiClient) -> None:
    assert counts(client, SAMPLE.read_bytes()) == {"cases": 229, "created": 229}
    before = row_versions()
    assert counts(client, SAMPLE.read_bytes()) == {"cases": 229, "unchanged": 229}
    assert row_versions() == before
    assert CouncilCase.objects.filter(closed_on=None).count() == 197


def test_what_is_held_is_what_was_sent(client: ApiClient) -> None:
    sent(client, SAMPLE.read_bytes())
    for told in sample()["cases"]:
        one = held(reference=told["case_ref"])
        assert one.district is not None
        assert one.pathway is not None
        assert {
            "case_ref": one.reference,
            "district": one.district.code,
            "pathway": one.pathway.name,
            "referral_route": one.referral_route,
            "opened_on": str(one.opened_on),
            "closed_on": str(one.closed_on) if one.closed_on else None,
            "unit": one.unit,
            "goals_met": one.goals_met,
            "updated_at": f"{one.updated_at:%Y-%m-%dT%H:%M:%SZ}",
        } == told
        assert one.area == one.district.area


def test_a_newer_telling_wins_and_an_older_one_is_stale(client: ApiClient) -> None:
    assert results(sent(client, body_of([case()]))) == ["created"]
    assert results(sent(client, body_of([case(updated_at=BEFORE, unit="EHU-105-2")]))) == ["stale"]
    assert held().unit == "EHU-105-1"
    assert results(sent(client, body_of([case(updated_at=AFTER, unit="EHU-105-2")]))) == ["updated"]
    assert held().unit == "EHU-105-2"
    # The time alone is told anew too.
    assert results(sent(client, body_of([case(updated_at="2019-08-30T09:00:02Z", unit="EHU-105-2")]))) == ["updated"]


def test_of_two_tellings_with_one_time_the_same_holds_whichever_came_first(client: ApiClient) -> None:
    one, other = body_of([case()]), body_of([case(unit="EHU-105-2")])
    said = results(sent(client, one)) + results(sent(client, other))
    first = table()
    assert said in (["created", "updated"], ["created", "stale"])
    assert {*results(sent(client, one)), *results(sent(client, other))} == {"unchanged", "stale"}
    assert table() == first


def test_one_case_several_times_in_a_batch(client: ApiClient) -> None:
    batch = [
        case(updated_at=BEFORE),
        case(updated_at=AFTER, goals_met=True),
        case(),
        case(updated_at=AFTER, goals_met=True),
    ]
    assert results(sent(client, body_of(batch))) == ["stale", "created", "stale", "unchanged"]
    assert held().goals_met is True
    assert results(sent(client, body_of(batch))) == ["stale", "unchanged", "stale", "unchanged"]


def test_a_case_is_closed_opened_again_and_deleted(client: ApiClient) -> None:
    sent(client, body_of([case()]))
    sent(client, body_of([case(updated_at=AFTER, closed_on="2019-08-30")]))
    assert held().closed_on == date(2019, 8, 30)
    sent(client, body_of([case(updated_at="2019-08-30T10:00:00Z")]))
    assert held().closed_on is None
    assert results(sent(client, body_of([tombstone()]))) == ["updated"]
    gone = held()
    assert (gone.is_deleted, gone.opened_on, gone.district, gone.area, gone.unit) == (True, None, None, None, "")
    assert results(sent(client, body_of([case()]))) == ["stale"]
    assert results(sent(client, body_of([case(updated_at="2019-09-01T00:00:00Z")]))) == ["updated"]
    assert held().opened_on == date(2019, 7, 4)


def test_a_tombstone_of_an_unknown_case_keeps_an_older_telling_out(client: ApiClient) -> None:
    assert results(sent(client, body_of([tombstone()]))) == ["created"]
    assert results(sent(client, body_of([case()]))) == ["stale"]
    assert held().is_deleted


def test_a_bad_case_does_not_cost_the_others(client: ApiClient) -> None:
    batch = [
        case(),
        3,
        case(case_ref="Jane Doe"),
        case(case_ref="EH-2019-10002", district="E07000999"),
        tombstone("EH-2019-10003"),
    ]
    taken = sent(client, body_of(batch))
    assert results(taken) == ["created", "not-a-case", "case-reference", "unknown-district", "created"]
    assert [one["case_ref"] for one in taken.answer["results"]] == [
        "EH-2019-10001",
        None,
        None,
        "EH-2019-10002",
        "EH-2019-10003",
    ]
    assert [one["index"] for one in taken.answer["results"]] == [0, 1, 2, 3, 4]
    assert taken.run.refusals == {"not-a-case": 1, "case-reference": 1, "unknown-district": 1}
    assert CouncilCase.objects.count() == 2


def test_a_district_without_an_area_holds_no_case(kent: Kent, client: ApiClient) -> None:
    kent.agreement.places.filter(code="E07000105").update(area=None)
    assert results(sent(client, body_of([case()]))) == ["unknown-district"]


def test_a_replay_is_given_the_stored_answer_and_writes_nothing(client: ApiClient) -> None:
    body = body_of([case(), case(case_ref="Jane Doe"), case()])
    first = sent(client, body, "a-key")
    rows, versions = rows_of_every_table(), row_versions()
    second = sent(client, body, "a-key", at=DEMO_MOMENT + timedelta(hours=1))
    assert second.is_replay
    assert not first.is_replay
    assert second.answer == first.answer
    assert list(second.answer) == list(first.answer)
    assert (rows_of_every_table(), row_versions()) == (rows, versions)


def test_a_key_with_another_body_is_refused_and_without_one_it_is_weighed_again(client: ApiClient) -> None:
    sent(client, body_of([case()]), "a-key")
    with pytest.raises(BatchRefused) as refused:
        sent(client, body_of([case(unit="EHU-105-2")]), "a-key")
    assert refused.value.status == 409
    assert results(sent(client, body_of([case()]))) == ["unchanged"]
    assert results(sent(client, body_of([case()]), "b-key")) == ["unchanged"]
    assert SyncRun.objects.count() == 3


def test_another_client_may_use_the_same_key(kent: Kent, client: ApiClient) -> None:
    sent(client, body_of([case()]), "a-key")
    assert not sent(council_client(kent.agreement, "Another system"), body_of([tombstone()]), "a-key").is_replay


def test_a_client_without_the_scope_is_told_of_no_agreement(kent: Kent, client: ApiClient) -> None:
    other = another_agreement(kent)
    refusals = []
    for reference in (other.reference, "NO-SUCH", "\0", ""):
        with pytest.raises(BatchRefused) as refused:
            sent(client, body_of([case()], agreement=reference))
        refusals.append((refused.value.status, refused.value.detail))
    assert len(set(refusals)) == 1
    assert refusals[0][0] == 404


def test_a_scope_taken_away_takes_the_stored_answer_with_it(client: ApiClient) -> None:
    sent(client, body_of([case()]), "a-key")
    ClientScope.objects.filter(client=client).delete()
    with pytest.raises(BatchRefused, match="no agreement"):
        sent(client, body_of([case()]), "a-key")


def test_the_agreement_may_be_left_out_by_a_client_of_one(kent: Kent, client: ApiClient) -> None:
    assert results(sent(client, body_of([case()], agreement=None))) == ["created"]
    other = another_agreement(kent)
    ClientScope.objects.create(client=client, agreement=other, scope="early-help:write")
    with pytest.raises(BatchRefused, match="which one") as refused:
        sent(client, body_of([case()], agreement=None))
    assert refused.value.status == 422


def test_two_agreements_hold_the_same_reference_each_for_itself(kent: Kent, client: ApiClient) -> None:
    other = another_agreement(kent)
    ClientScope.objects.create(client=client, agreement=other, scope="early-help:write")
    sent(client, body_of([case()]))
    assert results(sent(client, body_of([tombstone()], agreement="OTHER-S75"))) == ["created"]
    assert held(agreement=kent.agreement).is_deleted is False


def test_too_many_routes_where_none_are_agreed_refuse_the_batch(kent: Kent, client: ApiClient) -> None:
    kent.agreement.sync_terms.delete()
    many = [case(case_ref=f"EH-2019-100{n:02}", referral_route="Aa" + chr(97 + n)) for n in range(26)]
    assert {*results(sent(client, body_of(many[:25])))} == {"created"}
    with pytest.raises(BatchRefused, match="perhaps they are names"):
        sent(client, body_of(many))


def test_each_batch_leaves_one_event_with_counts_and_no_reference(client: ApiClient) -> None:
    sent(client, body_of([case(), case(case_ref="Jane Doe")]))
    event = Event.objects.get()
    assert (event.action, event.actor_name, event.actor) == ("council cases taken in", "KCC Early Help system", None)
    assert event.after is not None
    assert event.after["created"] == event.after["refused"] == 1
    assert "EH-" not in f"{event.subject} {event.after}"


def needs() -> list[tuple[str, str]]:
    """The months of each need, then forgotten."""
    found = [(str(one.from_month)[:7], str(one.until_month)[:7]) for one in RecomputeNeed.objects.order_by("pk")]
    RecomputeNeed.objects.all().delete()
    return found


def test_what_a_batch_makes_stale(client: ApiClient) -> None:
    # Before the first batch no month was known, and why not is said of each.
    sent(client, body_of([case()], as_of="2019-08-30"))
    assert needs() == [("2017-09", "2019-10")]
    # August is known now. July and the months before are not, whatever opened in them.
    sent(client, body_of([case(updated_at=AFTER, opened_on="2019-05-01")]))
    assert needs() == [("2019-08", "2019-10")]
    # Nothing changed, and no month became known.
    sent(client, body_of([case()]))
    assert needs() == []
    # A sign of life a month later.
    sent(client, body_of([], as_of="2019-09-30"))
    assert needs() == [("2019-09", "2019-10")]
    # One that opened in September does not concern August.
    sent(client, body_of([case(case_ref="EH-2019-10002", opened_on="2019-09-02")], as_of="2019-09-30"))
    assert needs() == [("2019-09", "2019-10")]
    # It opened earlier after all; and one that is deleted was open since August as far as is known.
    sent(client, body_of([case(case_ref="EH-2019-10002", updated_at=AFTER)], as_of="2019-09-30"))
    sent(client, body_of([tombstone()], as_of="2019-09-30"))
    assert needs() == [("2019-08", "2019-10")] * 2


def test_an_earlier_day_told_later_makes_no_month_known(client: ApiClient) -> None:
    sent(client, body_of([case()]))
    needs()
    sent(client, body_of([case(case_ref="EH-2019-10002", opened_on="2019-05-01")], as_of="2019-06-30"))
    # The case was open in August too.
    assert needs() == [("2019-08", "2019-10")]


@pytest.mark.parametrize("as_of", ["2016-01-01", "2017-08-31", "2019-10-01"])
def test_a_day_of_no_month_of_the_agreement_refuses_the_batch(kent: Kent, client: ApiClient, as_of: str) -> None:
    Agreement.objects.update(ends_on="2019-09-15")
    with pytest.raises(BatchRefused, match="has those from September 2017 to September 2019") as refused:
        sent(client, body_of([], as_of=as_of))
    assert refused.value.status == 422
    assert not SyncRun.objects.exists()
    for edge in ("2017-09-01", "2019-09-30"):
        sent(client, body_of([], as_of=edge))


def test_without_an_agreed_form_of_references_no_batch_is_taken(kent: Kent, client: ApiClient) -> None:
    Agreement.objects.update(case_reference_pattern="")
    with pytest.raises(BatchRefused, match="administrator of the portal to enter the form") as refused:
        sent(client, body_of([case(case_ref="SmithJohn2008")]))
    assert refused.value.status == 422
    assert not SyncRun.objects.exists()


def test_a_case_nested_as_deep_as_can_be_read_costs_no_other(client: ApiClient) -> None:
    for depth in (930, 942, 960, 995, 5_000):
        deep = json.dumps(case(unit=0)).replace(": 0", ": " + "[" * depth + "]" * depth)
        batch = body_of([3, case()]).replace(b"[3,", f"[{deep},".encode())
        first, second = results(sent(client, batch))
        assert first in ("wrong-type", "unreadable")
        assert second in ("created", "unchanged")


def test_an_unpaired_surrogate_costs_no_other_case(client: ApiClient) -> None:
    batch = body_of([tombstone(), case(case_ref="EH-2019-10002", unit="\ud800")])
    assert results(sent(client, batch)) == ["created", "unreadable"]


def test_of_a_batch_without_a_key_no_answer_is_kept_and_of_a_key_no_more_than_a_fingerprint(client: ApiClient) -> None:
    sent(client, body_of([case()]))
    sent(client, body_of([case()]), "Smith-John-ME14-1AB")
    without, with_key = SyncRun.objects.order_by("pk")
    assert (without.results, without.idempotency_key) == ([], "")
    assert with_key.results == [["EH-2019-10001", "unchanged", None, None]]
    assert len(with_key.idempotency_key) == 64


def test_the_stored_answer_keeps_no_more_than_was_answered(client: ApiClient) -> None:
    taken = sent(client, body_of([case(), {**GOOD, "case_ref": "Jane Doe", "unit": "943 476 5919"}]), "a-key")
    run = SyncRun.objects.get(pk=taken.run.pk)
    assert run.results[0] == ["EH-2019-10001", "created", None, None]
    assert run.results[1][:3] == [None, "refused", "personal-data"]
    assert run.agreement.reference == KENT


def test_many_cases_take_as_many_queries_as_one(client: ApiClient) -> None:
    sent(client, body_of([case()]))
    with CaptureQueriesContext(connection) as of_one:
        sent(client, body_of([case(case_ref="EH-2019-10002")]))
    with CaptureQueriesContext(connection) as of_many:
        sent(client, SAMPLE.read_bytes())
    assert len(of_one) == len(of_many) <= 20


def test_a_clock_that_goes_back_forgets_no_batch_that_came(client: ApiClient) -> None:
    sent(client, body_of([case()], as_of="2019-09-30"))
    needs()
    changed = body_of([case(updated_at=AFTER, opened_on="2019-09-02")], as_of="2019-09-30")
    sent(client, body_of([], as_of="2019-08-31"))
    needs()
    sent(client, changed, at=DEMO_MOMENT - timedelta(hours=2))
    assert needs() == [("2019-09", "2019-10")]
