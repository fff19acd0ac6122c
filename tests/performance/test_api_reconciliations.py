"""Reconciled months over the API: counts for who reads figures, references only for who may send cases."""

from datetime import date, timedelta

import pytest

from contracts.models import Scope
from contracts.periods import month_end
from performance.models import Difference, Explanation, ExplanationAnswer, Reconciliation
from performance.recompute import work_off
from tests.api_callers import Caller, caller_for
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.performance.council_batches import sample_cases, tell, tell_sample
from tests.performance.provider_lists import accept_list
from tests.performance.test_reconciling import listed, told

pytestmark = pytest.mark.django_db
KENT = "/api/v1/agreements/KCC-CYPMHS-S76"
MONTHS = f"{KENT}/reconciliations"
DIFFERENCES = f"{MONTHS}/2019-08/differences"
AUGUST = date(2019, 8, 1)
FIRST, LATER = (DEMO_MOMENT - timedelta(days=days) for days in (16, 7))
THEN = "2019-10-05"


@pytest.fixture
def reconciled(kent: Kent) -> Kent:
    take_in(kent, [AUGUST])
    tell_sample(kent.agreement, at=FIRST)
    work_off(kent.agreement)
    return kent


@pytest.fixture
def reader(reconciled: Kent) -> Caller:
    return caller_for(reconciled.agreement, Scope.FIGURES_READ)


@pytest.fixture
def sender(reconciled: Kent) -> Caller:
    return caller_for(reconciled.agreement, Scope.EARLY_HELP_WRITE)


def test_the_sample_month(reader):
    (kent,) = reader.items(MONTHS, month="2019-08", area="kent")
    kent.pop("known_from")
    assert kent.pop("run") == Reconciliation.objects.filter(run__isnull=False)[0].run_id
    assert kent == {
        "month": "2019-08", "area": "kent", "provider": 191, "council": 197, "matched": 183, "provider_only": 8,
        "council_only": 14, "opened_differs": 6, "route_differs": 0, "area_differs": 0, "difference": -6,
        "reason": "", "version": 1, "known_until": None,
        "state": "disputed", "resolved": 0, "unresolved": 28, "disputed": True, "agreed_figure": None,
    }  # fmt: skip


def test_every_month_and_area_the_newest_first(reader):
    rows = [(one["month"], one["area"]) for one in reader.items(MONTHS, limit=2)]
    areas = ["east-kent", "kent", "west-kent"]
    assert rows == [("2019-08", area) for area in areas]
    assert [one["provider"] for one in reader.items(MONTHS)] == [108, 191, 83]


def test_a_side_that_is_missing_is_null_and_says_why(kent: Kent):
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001")], FIRST)
    work_off(kent.agreement)
    reader = caller_for(kent.agreement, Scope.FIGURES_READ)
    (one,) = reader.items(MONTHS, area="kent")
    assert (one["provider"], one["council"], one["difference"], one["matched"], one["run"]) == (1, *4 * [None])
    assert one["reason"].startswith("The council’s system has not sent its cases yet;")
    assert (one["state"], one["disputed"], one["resolved"], one["unresolved"]) == ("not-available", False, None, None)
    accept_list(kent.agreement, AUGUST, None, LATER)
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST), LATER)
    work_off(kent.agreement)
    (one,) = reader.items(MONTHS, area="kent")
    assert (one["provider"], one["council"], one["version"]) == (None, 1, None)


@pytest.mark.parametrize(
    ("asked", "count"),
    [({"from": "2019-09"}, 0), ({"until": "2019-08"}, 3), ({"from": "2019-08", "area": "west-kent"}, 1)],
)
def test_months_and_areas_can_be_asked_for(reader, asked, count):
    assert len(reader.items(MONTHS, **asked)) == count


def test_what_was_known_at_a_moment(reconciled, reader, sender):
    accept_list(reconciled.agreement, AUGUST, [], LATER)
    work_off(reconciled.agreement)
    (now,) = reader.items(MONTHS, area="kent")
    (then,) = reader.items(MONTHS, area="kent", as_at=THEN)
    assert (now["provider"], then["provider"]) == (0, 191)
    assert len(sender.items(DIFFERENCES)) == 197
    assert len(sender.items(DIFFERENCES, as_at=THEN)) == 28
    assert sender.items(DIFFERENCES, as_at="2019-09-01") == []


def test_differences_come_with_what_each_side_says(sender):
    rows = sender.items(DIFFERENCES, limit=5)
    assert len(rows) == 28
    assert [one["case_ref"] for one in rows] == sorted(one["case_ref"] for one in rows)
    opened = [one for one in rows if one["kind"] == "opened-differs"]
    council = {case["case_ref"]: case for case in sample_cases()}
    assert len(opened) == 6
    assert all(one["council_says"] == council[one["case_ref"]]["opened_on"] for one in opened)
    assert all(one["provider_says"] not in ("", one["council_says"]) for one in opened)
    assert sender.items(DIFFERENCES, kind="opened-differs") == opened
    by_area = [sender.items(DIFFERENCES, area=area) for area in ("east-kent", "west-kent")]
    assert sum(len(part) for part in by_area) == 28


def test_a_difference_that_both_signed_is_resolved(reconciled, sender):
    writer, signer = list(reconciled.people.values())[:2]
    difference = Difference.objects.order_by("reference")[0]
    said = Explanation.objects.create(
        agreement=reconciled.agreement, month=AUGUST, text="Late", side="council", written_by=writer, written_at=LATER
    )
    said.explained.create(difference=difference)
    assert not any(one["is_resolved"] for one in sender.items(DIFFERENCES))
    ExplanationAnswer.objects.create(explanation=said, is_signed=True, answered_by=signer, answered_at=LATER)
    resolved = [one["case_ref"] for one in sender.items(DIFFERENCES) if one["is_resolved"]]
    assert resolved == [difference.reference]
    assert not any(one["is_resolved"] for one in sender.items(DIFFERENCES, as_at=THEN))


def test_who_reads_figures_sees_no_reference(reconciled, reader, sender):
    assert reader.get(DIFFERENCES).status_code == 403
    assert sender.get(MONTHS).status_code == 403
    for form in ("json", "csv"):
        said = reader.get(MONTHS, format=form).content.decode()
        assert "EH-" not in said
    assert sender.get(DIFFERENCES, format="csv").content.decode().count("EH-") == 28


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        (MONTHS, {"area": "nowhere"}, 400),
        (MONTHS, {"month": "2019-13"}, 400),
        (MONTHS, {"kind": "route-differs"}, 400),
        (DIFFERENCES, {"kind": "goals-differ"}, 400),
        (DIFFERENCES, {"cursor": "bm90aGluZw"}, 400),
        (f"{MONTHS}/2019-13/differences", {}, 404),
        (f"{MONTHS}/2018-04/differences", {}, 200),
    ],
)
def test_what_cannot_be_asked_is_said(reconciled, path, asked, status):
    caller = caller_for(reconciled.agreement)
    answer = caller.get(path, **asked)
    assert answer.status_code == status
    if status == 400:
        assert answer["Content-Type"] == "application/problem+json"


def test_the_examples_have_the_forms_of_the_answers(reader, sender) -> None:
    document = reader.http.get("/api/v1/openapi.json").json()
    for path, caller, name in ((MONTHS, reader, "reconciliations"), (DIFFERENCES, sender, "differences")):
        operation = next(one for at, one in document["paths"].items() if at.endswith(name))["get"]
        examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
        (example,) = [item for one in examples.values() for item in one["value"]["items"]]
        assert example.keys() == caller.items(path)[0].keys()
