"""The three operations on the council's cases, as its system calls them."""

from http import HTTPStatus
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from contracts.models import ApiClient, ClientScope, Scope
from performance.council_sync.limits import MAX_BYTES
from performance.models import CouncilCase, SyncRun
from tests.api_callers import Caller, calling
from tests.council_batches import SAMPLE, another_agreement, body_of, case, council_client, sample, tombstone
from tests.kent import Kent

pytestmark = pytest.mark.django_db
BATCH, CASES, RUNS = "/api/v1/early-help/cases/batch", "/api/v1/early-help/cases", "/api/v1/early-help/sync-runs"
PROBLEM = "application/problem+json"


@pytest.fixture
def council(kent: Kent) -> Caller:
    """The council's system with a token."""
    client = council_client(kent.agreement)
    ApiClient.objects.update(requests_a_minute=10_000)
    client.refresh_from_db()
    return calling(client, [Scope.EARLY_HELP_WRITE])


def problem(answer: Any, status: HTTPStatus) -> str:
    """The sentence of a problem."""
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content
    return str(answer.json()["detail"])


def test_the_sample_is_answered_case_by_case(council: Caller) -> None:
    answer = council.post(BATCH, SAMPLE.read_bytes())
    assert answer.status_code == HTTPStatus.OK
    said = answer.json()
    assert said["counts"] == {"cases": 229, "created": 229, "updated": 0, "unchanged": 0, "stale": 0, "refused": 0}
    assert said["results"][0] == {
        "index": 0,
        "case_ref": sample()["cases"][0]["case_ref"],
        "result": "created",
        "reason": None,
        "detail": None,
    }
    assert (said["agreement"], said["as_of"]) == ("KCC-CYPMHS-S76", "2019-08-31")
    assert said["run"] == SyncRun.objects.get().pk
    assert "Idempotency-Replayed" not in answer


def test_a_replay_is_the_same_to_the_letter(council: Caller) -> None:
    body = body_of([case(), case(case_ref="Jane Doe"), tombstone("EH-2019-10002")])
    first, second = (council.post(BATCH, body, Idempotency_Key="a-key") for _ in range(2))
    assert second["Idempotency-Replayed"] == "true"
    assert second.content == first.content
    assert SyncRun.objects.count() == 1
    assert "another body" in problem(council.post(BATCH, body_of([]), Idempotency_Key="a-key"), HTTPStatus.CONFLICT)


@pytest.mark.parametrize("key", ["", " ", "two words", "x" * 256, "a,b"])
def test_a_key_that_is_none_is_400(council: Caller, key: str) -> None:
    problem(council.post(BATCH, body_of([case()]), Idempotency_Key=key), HTTPStatus.BAD_REQUEST)
    assert not SyncRun.objects.exists()


def test_a_body_larger_than_a_form_is_taken_and_one_above_its_own_limit_is_413(
    council: Caller, settings: Settings
) -> None:
    body = body_of([case()])
    assert MAX_BYTES > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert council.post(BATCH, body + b" " * (MAX_BYTES - len(body))).status_code == HTTPStatus.OK
    problem(council.post(BATCH, body + b" " * (MAX_BYTES - len(body) + 1)), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", HTTPStatus.BAD_REQUEST),
        (b"Jane Doe", HTTPStatus.BAD_REQUEST),
        (b"[]", HTTPStatus.UNPROCESSABLE_ENTITY),
        (body_of([case()], as_of="2019-10-18"), HTTPStatus.UNPROCESSABLE_ENTITY),
        (body_of([case()], agreement="NO-SUCH"), HTTPStatus.NOT_FOUND),
        (body_of([0] * 5001), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_what_refuses_a_batch_is_a_problem(council: Caller, body: bytes, status: HTTPStatus) -> None:
    assert "Jane" not in problem(council.post(BATCH, body), status)


def test_a_request_without_a_body_is_told_so(council: Caller) -> None:
    answer = council.http.generic("POST", BATCH, CONTENT_TYPE="application/json")
    assert "no body" in problem(answer, HTTPStatus.BAD_REQUEST)


def test_a_body_that_is_not_said_to_be_json_is_415(council: Caller) -> None:
    form = council.http.post(BATCH, {"cases": "[]"})
    problem(form, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    said = council.http.post(BATCH, body_of([case()]), content_type="application/json; charset=utf-8")
    assert said.status_code == HTTPStatus.OK


def test_a_compressed_body_is_415_and_one_in_pieces_411(council: Caller) -> None:
    body = body_of([case()])
    packed = council.http.post(BATCH, body, content_type="application/json", headers={"Content-Encoding": "gzip"})
    assert "gzip" in problem(packed, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    pieces = council.http.post(BATCH, body, content_type="application/json", headers={"Transfer-Encoding": "chunked"})
    assert "Content-Length" in problem(pieces, HTTPStatus.LENGTH_REQUIRED)
    plain = council.http.post(BATCH, body, content_type="application/json", headers={"Content-Encoding": "identity"})
    assert plain.status_code == HTTPStatus.OK


def test_the_operations_ask_for_their_own_scope(kent: Kent, council: Caller) -> None:
    other = calling(council.client, [Scope.FIGURES_READ])
    assert "early-help:write" in problem(other.post(BATCH, body_of([])), HTTPStatus.FORBIDDEN)
    for address in (CASES, RUNS):
        problem(other.get(address), HTTPStatus.FORBIDDEN)


def test_a_client_of_another_agreement_finds_nothing(kent: Kent, council: Caller) -> None:
    council.post(BATCH, body_of([case()]), Idempotency_Key="a-key")
    stranger = council_client(another_agreement(kent), "Another council’s system")
    calls = calling(stranger)
    problem(calls.post(BATCH, body_of([case()]), Idempotency_Key="a-key"), HTTPStatus.NOT_FOUND)
    for address in (CASES, RUNS):
        problem(calls.get(address, agreement="KCC-CYPMHS-S76"), HTTPStatus.NOT_FOUND)
        assert calls.items(address) == []


def test_the_cases_are_read_back_as_they_were_sent(council: Caller) -> None:
    council.post(BATCH, SAMPLE.read_bytes())
    told = sorted(sample()["cases"], key=lambda one: (one["updated_at"], one["case_ref"]))
    assert council.items(CASES, limit=50) == [{**one, "deleted": False} for one in told]


def test_what_was_read_back_may_be_sent_again(council: Caller) -> None:
    council.post(BATCH, body_of([case(), tombstone("EH-2019-10002"), case(case_ref="EH-2019-10003", unit=None)]))
    said = council.post(BATCH, body_of(council.items(CASES))).json()
    assert said["counts"]["unchanged"] == 3


def test_a_moment_to_begin_at_is_one_of_those_asked_for(council: Caller) -> None:
    moments = [f"2019-08-30T09:00:0{second}Z" for second in (0, 1, 1, 2)]
    council.post(
        BATCH,
        body_of(
            [case(case_ref=f"EH-2019-1000{n}", updated_at=moment) for n, moment in enumerate(moments)]
            + [tombstone("EH-2019-10009", "2019-08-30T09:00:03Z")]
        ),
    )
    since = council.items(CASES, updated_since="2019-08-30T10:00:01+01:00", limit=1)
    assert [one["case_ref"][-1] for one in since] == ["1", "2", "3", "9"]
    assert since[-1] == {"case_ref": "EH-2019-10009", "updated_at": "2019-08-30T09:00:03Z", "deleted": True}
    assert council.get(CASES, updated_since="2019-08-31T00:00:00Z").json()["items"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"updated_since": "yesterday"},
        {"updated_since": "0001-01-01T00:00:00+23:00"},
        {"cursor": "!"},
        {"cursor": "WyJ4IiwieCJd"},
        {"limit": 0},
        {"limit": 1001},
        {"agreement": "x" * 41},
        {"since": "2019-08-30T09:00:00Z"},
    ],
)
def test_what_cannot_be_asked_for_is_400(council: Caller, asked: dict[str, Any]) -> None:
    problem(council.get(CASES, **asked), HTTPStatus.BAD_REQUEST)


def test_the_cases_as_a_file_say_the_same(council: Caller) -> None:
    council.post(BATCH, body_of([tombstone("EH-2019-10002"), case()]))
    rows = council.get(CASES, format="csv").content.decode().lstrip("\ufeff").split("\r\n")
    assert rows[0].startswith("case_ref,updated_at,deleted,district")
    assert rows[1].startswith("EH-2019-10001,2019-08-30T09:00:00Z,false,E07000105,Early Help,SPA,2019-07-04,,")
    assert rows[2].startswith("EH-2019-10002,2019-08-31T09:00:00Z,true,,")


def test_the_batches_are_told_newest_first_with_what_was_refused(council: Caller) -> None:
    council.post(BATCH, body_of([case()]))
    council.post(BATCH, body_of([case(unit="Ashford"), case(district="Ashford"), case(district="Dover")]))
    council.post(BATCH, body_of([]))
    empty, refused, first = council.items(RUNS, limit=2)
    assert refused["refusals"] == {"unit": 1, "unknown-district": 2}
    assert refused["counts"]["refused"] == refused["counts"]["cases"] == 3
    assert (empty["newest_updated_at"], empty["lag_seconds"]) == (None, None)
    assert (first["client"], first["newest_updated_at"]) == ("KCC Early Help system", "2019-08-30T09:00:00Z")
    assert first["lag_seconds"] > 0


def test_a_client_of_several_agreements_names_one(kent: Kent, council: Caller) -> None:
    other = another_agreement(kent)
    ClientScope.objects.create(client=council.client, agreement=other, scope=Scope.EARLY_HELP_WRITE)
    council.post(BATCH, body_of([tombstone()], agreement="OTHER-S75"))
    problem(council.get(CASES), HTTPStatus.BAD_REQUEST)
    assert council.items(CASES, agreement="KCC-CYPMHS-S76") == council.items(RUNS, agreement="KCC-CYPMHS-S76") == []
    assert CouncilCase.objects.get().agreement == other


def test_what_is_wrong_while_reading_repeats_nothing_of_a_case(council: Caller) -> None:
    for name in ("EH-2019-10001", "Jane Doe"):
        assert name not in problem(council.get(CASES, case_ref=name), HTTPStatus.BAD_REQUEST)


def test_the_document_tells_every_answer_of_a_batch(council: Caller) -> None:
    document = council.http.get("/api/v1/openapi.json", headers={"Accept": "application/json"}).json()
    operation = document["paths"][BATCH]["post"]
    assert {"200", "400", "401", "403", "404", "409", "411", "413", "415", "422", "429", "500"} <= operation[
        "responses"
    ].keys()
    assert operation["security"] == [{"oauth2": ["early-help:write"]}]
    assert "Idempotency-Key" in [one["name"] for one in operation["parameters"]]
    body = operation["requestBody"]["content"]["application/json"]
    assert body["examples"]
    assert operation["responses"]["200"]["content"]["application/json"]["examples"]
    assert operation["responses"]["409"]["content"].keys() == {PROBLEM}
    assert {"updated_since", "cursor", "agreement"} <= {
        one["name"] for one in document["paths"][CASES]["get"]["parameters"]
    }
