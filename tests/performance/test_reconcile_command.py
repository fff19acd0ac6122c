"""`manage.py reconcile`: the counts of a month at the console, without a reference of any case."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Agreement
from contracts.periods import month_end
from performance.models import Difference, Explanation, ExplanationAnswer, Measure, Reconciliation
from performance.recompute import work_off
from tests.barset import load_barset
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.performance.council_batches import sample_cases, tell, tell_sample
from tests.performance.provider_lists import accept_list
from tests.performance.test_reconciling import listed, told

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)


def said(agreement: Agreement, *more: str, month: str = "2019-08") -> str:
    out = io.StringIO()
    call_command("reconcile", "--agreement", agreement.reference, "--month", month, *more, stdout=out)
    return out.getvalue()


def record(agreement: Agreement, month: str = "2019-08") -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(said(agreement, "--json", month=month))
    return parsed


@pytest.fixture
def reconciled(kent: Kent) -> Kent:
    take_in(kent, [AUGUST])
    tell_sample(kent.agreement)
    return kent


def test_the_sample_month(reconciled: Kent):
    held = record(reconciled.agreement)
    areas = held.pop("areas")
    assert held == {
        "agreement": "KCC-CYPMHS-S76",
        "month": "2019-08",
        "provider": 191,
        "council": 197,
        "matched": 183,
        "provider_only": 8,
        "council_only": 14,
        "opened_differs": 6,
        "route_differs": 0,
        "area_differs": 0,
        "difference": -6,
        "resolved": 0,
        "unresolved": 28,
        "disputed": True,
        "reason": "",
    }
    assert [(one["area"], one["provider"]) for one in areas] == [("east-kent", 108), ("west-kent", 83)]
    assert sum(one["difference"] for one in areas) == -6


def test_nothing_is_written_and_no_case_is_named(reconciled: Kent):
    words = said(reconciled.agreement) + said(reconciled.agreement, "--json")
    assert "EH-" not in words
    assert not any(case["case_ref"] in words for case in sample_cases())
    assert (Reconciliation.objects.count(), Difference.objects.count()) == (0, 0)


def test_without_json_it_is_a_table_and_a_sentence(reconciled: Kent):
    first, _, headings, *rows = said(reconciled.agreement).splitlines()
    assert first == (
        "At the end of August 2019 the provider held 191 open cases and the council 197. 28 differences, none of "
        "them resolved: disputed."
    )
    assert headings.split()[:3] == ["Provider", "Council", "Difference"]
    assert [row[:9] for row in rows] == ["Kent     ", "East Kent", "West Kent"]
    assert rows[0].split() == ["Kent", "191", "197", "−6", "183", "8", "14", "6", "0", "0"]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_side_that_is_missing_is_null_with_the_reason(kent: Kent):
    take_in(kent, [AUGUST])
    held = record(kent.agreement)
    assert (held["provider"], held["council"], held["matched"], held["difference"]) == (191, None, None, None)
    assert (held["resolved"], held["unresolved"], held["disputed"]) == (None, None, False)
    assert held["reason"].startswith("The council’s system has not sent its cases yet;")
    assert said(kent.agreement).startswith("August 2019 cannot be reconciled. The council’s system has not sent")


def test_a_month_that_nobody_told_of_says_both_reasons(kent: Kent):
    held = record(kent.agreement, "2019-07")
    assert (held["provider"], held["council"]) == (None, None)
    assert held["reason"].startswith("No return for July 2019 is accepted;")
    assert "has not sent its cases yet" in held["reason"]
    assert [one["provider"] for one in held["areas"]] == [None, None]


def test_what_both_signed_is_resolved_until_the_case_differs_otherwise(reconciled: Kent):
    work_off(reconciled.agreement)
    writer, signer = list(reconciled.people.values())[:2]
    explanation = Explanation.objects.create(
        agreement=reconciled.agreement, month=AUGUST, text="Opened late", side="council", written_at=DEMO_MOMENT,
        written_by=writer,
    )  # fmt: skip
    chosen = list(Difference.objects.filter(kind="opened-differs").order_by("pk")[:3])
    for difference in chosen:
        explanation.explained.create(difference=difference)
    assert record(reconciled.agreement)["resolved"] == 0
    ExplanationAnswer.objects.create(
        explanation=explanation, is_signed=True, answered_by=signer, answered_at=DEMO_MOMENT
    )
    held = record(reconciled.agreement)
    assert (held["resolved"], held["unresolved"], held["disputed"]) == (3, 25, True)
    assert "28 differences, 25 of them not resolved: disputed." in said(reconciled.agreement)
    (case,) = [one for one in sample_cases() if one["case_ref"] == chosen[0].reference]
    changed = {**case, "opened_on": "2019-01-02", "updated_at": "2019-10-01T09:00:00Z"}
    tell(reconciled.agreement, [changed], month_end(AUGUST))
    assert record(reconciled.agreement)["resolved"] == 2


def test_equal_caseloads_are_not_disputed(kent: Kent):
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001")])
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    held = record(kent.agreement)
    assert (held["difference"], held["resolved"], held["unresolved"], held["disputed"]) == (0, 0, 0, False)
    assert said(kent.agreement).startswith(
        "At the end of August 2019 the provider held 1 open case and the council 1. Both hold the same cases alike."
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--agreement", "NOBODY", "--month", "2019-08"], "There is no agreement called NOBODY."),
        (["--agreement", "KCC-CYPMHS-S76", "--month", "2019-13"], '"2019-13" is no month'),
        (["--agreement", "KCC-CYPMHS-S76"], "--month"),
        (["--agreement", "KCC-CYPMHS-S76", "--month", "2017-01"], "January 2017 is outside the term"),
        (["--agreement", "KCC-CYPMHS-S76", "--month", "2030-01"], "January 2030 is outside the term"),
        (["--agreement", "KCC-CYPMHS-S76", "--month", "2019-10"], "October 2019 has not ended"),
    ],
)
def test_what_is_no_agreement_or_month_is_said(kent: Kent, arguments: list[str], words: str):
    with pytest.raises(CommandError, match=words):
        call_command("reconcile", *arguments)


def test_another_agreement_and_month(db: None):
    agreement, _ = load_barset()
    assert record(agreement, "2019-06")["reason"].startswith("No case list is asked for")
    pathway = agreement.pathways.create(code="mentoring", name="Mentoring")
    Measure.objects.create(
        agreement=agreement, sheet="Caseload by pathway", label="Mentoring", unit="children", pathway=pathway,
        is_counted_by_case_list=True,
    )  # fmt: skip
    for code, area in (("N1", "north"), ("S1", "south")):
        agreement.places.create(kind="district", code=code, name=code, area=agreement.areas.get(code=area))
    cases = [listed("M-1", area="north"), listed("M-2", area="north"), listed("M-3", area="south")]
    accept_list(agreement, date(2019, 6, 1), [*cases, listed("M-4", area="south", opened_on=date(2019, 7, 1))])
    june = {"opened_on": "2019-06-30"}
    rows = [
        told("M-1", district="N1", **june), told("M-2", district="S1", **june),
        told("M-5", district="S1", **june), told("M-6", district="S1", closed_on="2019-06-30", opened_on="2019-06-01"),
    ]  # fmt: skip
    tell(agreement, rows, date(2019, 6, 30))
    # The helper's cases open on 1 July unless they say otherwise, so the list of June has none open.
    held = record(agreement, "2019-06")
    assert (held["provider"], held["council"], held["council_only"]) == (0, 3, 3)
    earlier = [listed(one.reference, area=one.area, opened_on=date(2019, 6, 30)) for one in cases]
    accept_list(agreement, date(2019, 6, 1), earlier)
    held = record(agreement, "2019-06")
    assert {name: held[name] for name in ("provider", "council", "matched", "area_differs", "difference")} == {
        "provider": 3, "council": 3, "matched": 2, "area_differs": 1, "difference": 0,
    }  # fmt: skip
    assert [(one["area"], one["provider"], one["council"], one["matched"]) for one in held["areas"]] == [
        ("north", 2, 1, 2),
        ("south", 1, 2, 0),
    ]
