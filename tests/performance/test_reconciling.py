"""Months reconciled and kept: the sample month, what follows a change of either side, and nothing said twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.audit import CONSOLE
from contracts.models import Area, Event
from contracts.periods import month_end
from performance.actions.sync_terms import sync_terms_changed
from performance.models import Difference, Explanation, ListedCase, Reconciliation, SyncTerms
from performance.recompute import work_off
from performance.reconciliation import CaseloadCounts, HeldCase
from performance.reconciling import reconcile_months, worked_out
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.performance.council_batches import batch, tell, tell_sample
from tests.performance.provider_lists import accept_list

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = (date(2019, month, 1) for month in (7, 8, 9))
LATER = DEMO_MOMENT + timedelta(hours=1)
LATEST = DEMO_MOMENT + timedelta(hours=2)
SAMPLE = CaseloadCounts(
    provider=191, council=197, matched=183, provider_only=8, council_only=14, opened_differs=6, route_differs=0,
    area_differs=0,
)  # fmt: skip
EAST = {"district": "E07000108", "referral_route": "SPA", "opened_on": "2019-07-01", "closed_on": None}


def told(reference: str, updated_at: str = "2019-08-31T09:00:00Z", **changes: object) -> dict[str, Any]:
    """A case of Dover, in East Kent, as the council's system tells it."""
    return {"case_ref": reference, "updated_at": updated_at, **EAST, **changes}


def listed(reference: str, **changes: Any) -> HeldCase:
    """The same case, as the provider lists it."""
    return replace(HeldCase(reference, "east-kent", "SPA", date(2019, 7, 1)), **changes)


def known(kent: Kent, area: str = "kent", month: date = AUGUST) -> Reconciliation:
    """What is known now of a month."""
    return kent.agreement.reconciliations.get(area__code=area, month=month, known_until=None)


def counts(row: Reconciliation) -> CaseloadCounts:
    return CaseloadCounts(**{name: getattr(row, name) for name in CaseloadCounts.__dataclass_fields__})


def differences(kent: Kent) -> set[tuple[str, str]]:
    """The differences known now."""
    rows = kent.agreement.differences.filter(known_until=None)
    return set(rows.values_list("reference", "kind"))


def everything() -> list[object]:
    """Every row there is of either kind."""
    return [*Reconciliation.objects.order_by("pk").values_list(), *Difference.objects.order_by("pk").values_list()]


def test_the_sample_month_comes_to_what_was_published(kent: Kent):
    (version,) = take_in(kent, [AUGUST])
    run = tell_sample(kent.agreement)
    assert everything() == []
    worked = worked_out(kent.agreement, AUGUST)
    assert (worked.whole, worked.reason, worked.version, worked.run) == (SAMPLE, "", version, run)
    assert everything() == []
    work_off(kent.agreement)
    assert counts(known(kent)) == SAMPLE
    assert (known(kent).version, known(kent).run, known(kent).reason) == (version, run, "")
    parts = [counts(known(kent, area)) for area in ("east-kent", "west-kent")]
    for name in CaseloadCounts.__dataclass_fields__:
        assert sum(getattr(part, name) for part in parts) == getattr(SAMPLE, name), name
    kinds = [kind for _, kind in differences(kent)]
    assert (len(kinds), kinds.count("opened-differs"), kinds.count("council-only")) == (28, 6, 14)


def test_working_off_again_writes_nothing(kent: Kent):
    take_in(kent, [AUGUST])
    tell_sample(kent.agreement)
    work_off(kent.agreement)
    before = everything()
    assert reconcile_months(kent.agreement, [JULY, AUGUST], LATER) == 0
    batch(kent.agreement, month_end(AUGUST), LATER)
    assert reconcile_months(kent.agreement, [AUGUST], LATEST) == 0
    assert everything() == before


def test_one_event_says_how_many_rows_changed(kent: Kent):
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    event = Event.objects.filter(agreement=kent.agreement, action="figures worked out").latest("pk")
    assert event.after is not None
    assert event.after["reconciled"] == 3


def test_a_month_that_neither_side_has_leaves_no_row(kent: Kent):
    assert reconcile_months(kent.agreement, [JULY, AUGUST], DEMO_MOMENT) == 0
    assert everything() == []


def test_a_month_of_one_side_says_why_the_other_is_missing(kent: Kent):
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001")])
    tell(kent.agreement, [told("EH-2019-10001"), told("EH-2019-10002")], month_end(SEPTEMBER))
    work_off(kent.agreement)
    august, september = known(kent), known(kent, month=SEPTEMBER)
    assert (august.provider, august.council, august.matched, august.run) == (1, None, None, None)
    assert august.reason.startswith("The council’s cases have come only from September 2019 on;")
    assert (september.provider, september.council, september.matched, september.version) == (None, 2, None, None)
    assert september.reason == (
        "No return for September 2019 is accepted; the provider’s cases are known once one is accepted that came "
        "with its case list."
    )
    assert known(kent, "east-kent", SEPTEMBER).council == 2
    assert known(kent, "west-kent", SEPTEMBER).council == 0
    assert differences(kent) == set()


def test_a_version_without_a_list_is_no_empty_list(kent: Kent):
    take_in(kent, [JULY])
    tell(kent.agreement, [], month_end(JULY))
    work_off(kent.agreement)
    assert (known(kent, month=JULY).provider, known(kent, month=JULY).council) == (None, 0)
    assert known(kent, month=JULY).reason.startswith("Version 1 of the return for July 2019 came without a case list;")


def test_a_return_that_reports_nobody_needs_no_list(kent: Kent):
    version = accept_list(kent.agreement, AUGUST, None)
    measure = kent.agreement.measures.get(is_counted_by_case_list=True)
    areas = list(kent.agreement.areas.all())
    for area in areas:
        version.lines.create(measure=measure, area=area, value=0, cell="D5")
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    work_off(kent.agreement)
    assert (known(kent).reason, known(kent).provider, known(kent).council_only) == ("", 0, 1)


def test_a_return_that_does_not_report_the_caseload_is_not_one_of_nobody(kent: Kent):
    version = accept_list(kent.agreement, AUGUST, None)
    measure = kent.agreement.measures.get(is_counted_by_case_list=True)
    version.lines.create(
        measure=measure, area=kent.agreement.areas.get(parent=None), not_reported_because="A new system", cell="D5"
    )
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    work_off(kent.agreement)
    assert (known(kent).provider, known(kent).council) == (None, 1)


def test_a_correction_changes_what_it_changes_and_a_difference_that_stays_keeps_its_row(kent: Kent):
    tell(kent.agreement, [told("EH-2019-10001"), told("EH-2019-10002")], month_end(AUGUST))
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10003")])
    work_off(kent.agreement)
    stays = Difference.objects.get(reference="EH-2019-10001")
    corrected = accept_list(kent.agreement, AUGUST, [listed("EH-2019-10002"), listed("EH-2019-10003")], LATER)
    work_off(kent.agreement)
    stays.refresh_from_db()
    assert (stays.known_from, stays.known_until) == (DEMO_MOMENT, None)
    gone = Difference.objects.get(reference="EH-2019-10002")
    assert (gone.known_from, gone.known_until) == (DEMO_MOMENT, LATER)
    assert differences(kent) == {("EH-2019-10001", "council-only"), ("EH-2019-10003", "provider-only")}
    before, after = Reconciliation.objects.filter(area__code="kent", month=AUGUST).order_by("known_from")
    assert (before.known_until, after.known_from, after.version) == (LATER, LATER, corrected)
    assert (before.matched, after.matched) == (0, 1)


def test_what_is_said_of_a_case_otherwise_is_another_difference(kent: Kent):
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001")])
    tell(kent.agreement, [told("EH-2019-10001", opened_on="2019-07-02")], month_end(AUGUST))
    work_off(kent.agreement)
    second = told("EH-2019-10001", "2019-10-01T09:00:00Z", opened_on="2019-07-03")
    tell(kent.agreement, [second], month_end(AUGUST), LATER)
    work_off(kent.agreement)
    rows = Difference.objects.order_by("pk").values_list("council_says", "known_until")
    assert list(rows) == [("2019-07-02", LATER), ("2019-07-03", None)]


def test_a_case_that_the_council_deletes_or_closes_is_its_own_no_more(kent: Kent):
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001"), listed("EH-2019-10002")])
    tell(kent.agreement, [told("EH-2019-10001"), told("EH-2019-10002")], month_end(AUGUST))
    work_off(kent.agreement)
    assert known(kent).matched == 2
    changed = [
        {"case_ref": "EH-2019-10001", "updated_at": "2019-10-01T09:00:00Z", "deleted": True},
        told("EH-2019-10002", "2019-10-01T09:00:00Z", closed_on="2019-08-31"),
    ]
    tell(kent.agreement, changed, month_end(AUGUST), LATER)
    work_off(kent.agreement)
    assert (known(kent).council, known(kent).provider_only) == (0, 2)


def test_a_difference_that_comes_again_begins_after_it_ended(kent: Kent):
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    for cases in ([], [listed("EH-2019-10001")], []):
        accept_list(kent.agreement, AUGUST, cases)
        work_off(kent.agreement)
    first, second = Difference.objects.order_by("pk")
    assert first.known_until is not None
    assert first.known_from < first.known_until <= second.known_from
    assert second.known_until is None


def test_terms_that_change_change_which_months_are_known(kent: Kent):
    accept_list(kent.agreement, JULY, [listed("EH-2019-10001")])
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    work_off(kent.agreement)
    assert known(kent, month=JULY).council is None
    terms = SyncTerms.objects.create(agreement=kent.agreement, complete_from=JULY)
    sync_terms_changed(kent.agreement, CONSOLE, LATER)
    work_off(kent.agreement)
    assert (known(kent, month=JULY).matched, known(kent, month=JULY).reason) == (1, "")
    terms.complete_from = SEPTEMBER
    terms.save()
    sync_terms_changed(kent.agreement, CONSOLE, LATEST)
    work_off(kent.agreement)
    assert known(kent, month=JULY).council is None
    # August had the council's side alone.
    assert not kent.agreement.reconciliations.filter(month=AUGUST, known_until=None).exists()


def test_what_was_known_then_can_still_be_worked_out(kent: Kent):
    first = accept_list(kent.agreement, AUGUST, [])
    batch(kent.agreement, month_end(AUGUST), DEMO_MOMENT)
    second = accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001")], LATER)
    assert worked_out(kent.agreement, AUGUST, DEMO_MOMENT).version == first
    assert worked_out(kent.agreement, AUGUST, LATER).version == second
    assert worked_out(kent.agreement, AUGUST).version == second
    assert worked_out(kent.agreement, AUGUST, DEMO_MOMENT - timedelta(minutes=1)).version is None


def test_an_explanation_stays_with_a_difference_that_stays(kent: Kent):
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    accept_list(kent.agreement, AUGUST, [])
    work_off(kent.agreement)
    said = Explanation.objects.create(
        agreement=kent.agreement, month=AUGUST, text="Opened late", side="council", written_at=DEMO_MOMENT,
        written_by=next(iter(kent.people.values())),
    )  # fmt: skip
    said.explained.create(difference=Difference.objects.get())
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10002")], LATER)
    work_off(kent.agreement)
    assert Difference.objects.get(explanations=said, known_until=None).reference == "EH-2019-10001"


def test_a_case_counts_in_each_area_above_its_own(kent: Kent):
    east = kent.agreement.areas.get(code="east-kent")
    coast = Area.objects.create(agreement=kent.agreement, code="coast", name="Coast", parent=east, position=9)
    kent.agreement.places.filter(code="E07000108").update(area=coast)
    accept_list(kent.agreement, AUGUST, [listed("EH-2019-10001", area="coast"), listed("EH-2019-10002")])
    tell(kent.agreement, [told("EH-2019-10001"), told("EH-2019-10002")], month_end(AUGUST))
    work_off(kent.agreement)
    assert {code: (known(kent, code).provider, known(kent, code).council) for code in ("kent", "east-kent")} == {
        "kent": (2, 2),
        "east-kent": (2, 2),
    }
    assert (known(kent, "coast").provider, known(kent, "coast").council) == (1, 2)
    assert differences(kent) == {("EH-2019-10002", "area-differs")}


def test_only_pathways_that_the_list_counts_are_compared(kent: Kent):
    accept_list(kent.agreement, AUGUST, [])
    rows = [told("EH-2019-10001", pathway="Complex"), told("EH-2019-10002")]
    tell(kent.agreement, rows, month_end(AUGUST))
    elsewhere = kent.agreement.pathways.get(code="complex")
    kept = ListedCase(
        case_list=kent.agreement.returns.get(month=AUGUST).versions.get().case_list, reference="EH-2019-10003",
        pathway=elsewhere, area=kent.agreement.areas.get(code="east-kent"), referral_route="SPA",
        opened_on=date(2019, 7, 1),
    )  # fmt: skip
    ListedCase.objects.bulk_create([kept])
    assert [one.reference for one in worked_out(kent.agreement, AUGUST).differences] == ["EH-2019-10002"]
    kent.agreement.measures.update(is_counted_by_case_list=False)
    nothing = worked_out(kent.agreement, AUGUST)
    assert (nothing.whole, nothing.is_of_something) == (CaseloadCounts(), False)
    assert nothing.reason.startswith("No case list is asked for with the return for August 2019")


def test_a_month_and_an_agreement_take_a_few_queries_however_many_cases(kent: Kent, django_assert_max_num_queries):
    SyncTerms.objects.create(agreement=kent.agreement, complete_from=JULY)
    for month in (JULY, AUGUST):
        accept_list(kent.agreement, month, [listed(f"EH-2019-{number:05}") for number in range(20)])
    tell(kent.agreement, [told(f"EH-2019-{number:05}") for number in range(10, 30)], month_end(AUGUST))
    with django_assert_max_num_queries(21):
        reconcile_months(kent.agreement, [JULY, AUGUST], DEMO_MOMENT)
    assert len(differences(kent)) == 20


def test_the_same_list_with_a_later_version_is_that_versions(kent: Kent):
    tell(kent.agreement, [told("EH-2019-10001")], month_end(AUGUST))
    accept_list(kent.agreement, AUGUST, [])
    work_off(kent.agreement)
    later = accept_list(kent.agreement, AUGUST, [], LATER)
    work_off(kent.agreement)
    assert (known(kent).version, known(kent).known_from) == (later, LATER)
    assert Difference.objects.get().known_from == DEMO_MOMENT
