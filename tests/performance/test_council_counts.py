"""The council's cases as a source of figures: counted at each month's end, by area, and never 0 for not known."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from contracts.models import Area, Pathway
from contracts.periods import month_end
from performance.council_counts import read_council_counts
from performance.indicators import FormulaTerm
from performance.models import CouncilCase, Figure, Measure, SyncTerms
from performance.recompute import work_off
from performance.sources import Scope
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.performance.council_batches import batch, sample_cases, tell, tell_sample

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST, SEPTEMBER = (date(2019, month, 1) for month in (6, 7, 8, 9))
TERM = FormulaTerm("council cases")
LATER = "2019-10-01T09:00:00Z"


def counted(kent: Kent, month: date = AUGUST, area: str = "kent", term: FormulaTerm = TERM) -> Decimal | None:
    return read_council_counts(Scope(kent.agreement, JUNE, SEPTEMBER, DEMO_MOMENT))(term, area, month).value


def case(reference: str, **changes: object) -> dict[str, object]:
    """A case of Dover, in East Kent."""
    return {
        "case_ref": reference, "district": "E07000108", "referral_route": "SPA", "opened_on": date(2019, 7, 1),
        "closed_on": None, "updated_at": datetime.fromisoformat("2019-08-31T09:00:00Z"), **changes,
    }  # fmt: skip


def figure(kent: Kent, area: str = "kent", month: date = AUGUST) -> Figure:
    return Figure.objects.get(
        agreement=kent.agreement, indicator__code="council-caseload-difference", area__code=area, month=month,
        known_until=None,
    )  # fmt: skip


def test_the_difference_of_august_is_the_reported_less_the_councils(kent: Kent):
    take_in(kent, [JULY, AUGUST])
    run = tell_sample(kent.agreement)
    work_off(kent.agreement)
    by_area = {"east-kent": 0, "west-kent": 0}
    for one in CouncilCase.objects.filter(closed_on=None).values_list("area__code", flat=True):
        by_area[one] += 1
    assert figure(kent).value == 191 - 197 == -6
    assert figure(kent, "east-kent").value == 108 - by_area["east-kent"]
    assert figure(kent, "west-kent").value == 83 - by_area["west-kent"]
    evidence = figure(kent).sources[-1]
    assert (evidence["label"], evidence["value"]) == ("Open cases in the council’s system", "197")
    assert evidence["cell"] == f"batch {run.pk}, as of 31 August 2019"
    july = figure(kent, month=JULY)
    assert (july.value, july.verdict) == (None, "not_available")
    assert july.reason.startswith("The council’s cases have come only from August 2019 on;")


def test_before_any_batch_the_difference_is_not_available_and_says_why(kent: Kent):
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    held = figure(kent)
    assert held.value is None
    assert held.reason.startswith("The council’s system has not sent its cases yet;")


def test_a_month_known_without_a_case_is_a_true_zero(kent: Kent):
    assert counted(kent) is None
    batch(kent.agreement, month_end(AUGUST))
    assert counted(kent) == 0
    assert counted(kent, JULY) is None
    assert counted(kent, SEPTEMBER) is None


@pytest.mark.parametrize(
    ("opened", "closed", "counts"),
    [
        ("2019-08-31", None, [0, 1, 1]),
        ("2019-09-01", None, [0, 0, 1]),
        ("2019-07-31", "2019-08-31", [1, 0, 0]),
        ("2019-07-31", "2019-09-01", [1, 1, 0]),
        ("2019-08-31", "2019-08-31", [0, 0, 0]),
        ("2018-01-01", "2019-09-30", [1, 1, 0]),
        ("2018-01-01", "2019-10-01", [1, 1, 1]),
    ],
)
def test_a_case_counts_where_it_is_open_at_the_months_end(kent: Kent, opened, closed, counts):
    SyncTerms.objects.create(agreement=kent.agreement, complete_from=JULY)
    tell(kent.agreement, [case("EH-2019-10001", opened_on=opened, closed_on=closed)], month_end(SEPTEMBER))
    assert [counted(kent, month) for month in (JULY, AUGUST, SEPTEMBER)] == counts


def test_a_deleted_case_counts_no_more(kent: Kent):
    tell(kent.agreement, [case("EH-2019-10001"), case("EH-2019-10002")], month_end(AUGUST))
    assert counted(kent) == 2
    tombstone = {"case_ref": "EH-2019-10001", "updated_at": LATER, "deleted": True}
    tell(kent.agreement, [tombstone], month_end(AUGUST))
    assert counted(kent) == 1


def test_only_the_pathways_that_case_lists_count_are_counted_unless_the_term_names_one(kent: Kent):
    rows = [case("EH-2019-10001"), case("EH-2019-10002", pathway="Complex"), case("EH-2019-10003", pathway="Complex")]
    tell(kent.agreement, rows, month_end(AUGUST))
    assert counted(kent) == 1
    assert counted(kent, term=FormulaTerm("council cases", pathway="complex")) == 2
    assert counted(kent, term=FormulaTerm("council cases", element="ehu")) == 1
    complex_caseload = Measure.objects.get(agreement=kent.agreement, sheet="Caseload by pathway", label="Complex")
    Measure.objects.filter(pk=complex_caseload.pk).update(
        is_counted_by_case_list=True, pathway=Pathway.objects.get(code="complex"), in_force_from=SEPTEMBER
    )
    assert counted(kent) == 1
    tell(kent.agreement, [], month_end(SEPTEMBER))
    assert counted(kent, SEPTEMBER) == 3


def test_an_agreement_whose_lists_count_nothing_has_nothing_to_compare_with(kent: Kent):
    tell(kent.agreement, [case("EH-2019-10001")], month_end(AUGUST))
    kent.agreement.measures.update(is_counted_by_case_list=False)
    given = read_council_counts(Scope(kent.agreement, AUGUST, AUGUST, DEMO_MOMENT))(TERM, "kent", AUGUST)
    assert (given.value, given.reason) == (None, "No case list is asked for with the return for August 2019.")


def test_a_case_counts_in_every_area_that_its_district_lies_in(kent: Kent):
    east = kent.agreement.areas.get(code="east-kent")
    coast = Area.objects.create(agreement=kent.agreement, code="coast", name="Coast", parent=east, position=9)
    kent.agreement.places.filter(code="E07000114").update(area=coast)
    tell(kent.agreement, [case("EH-2019-10001"), case("EH-2019-10002", district="E07000114")], month_end(AUGUST))
    assert [counted(kent, area=area) for area in ("kent", "east-kent", "coast", "west-kent")] == [2, 2, 1, 0]


def test_the_evidence_is_the_newest_batch_that_the_count_rests_on(kent: Kent):
    first = tell(kent.agreement, [case("EH-2019-10001")], month_end(JULY))
    second = tell(kent.agreement, [], date(2019, 9, 3))
    tell(kent.agreement, [], date(2019, 9, 4))
    assert cells(kent, [JULY, AUGUST]) == [
        f"batch {first.pk}, as of 31 July 2019",
        f"batch {second.pk}, as of 3 September 2019",
    ]
    moved = tell(kent.agreement, [case("EH-2019-10001", updated_at=LATER)], date(2019, 9, 5))
    assert cells(kent, [AUGUST]) == [f"batch {moved.pk}, as of 5 September 2019"]


def cells(kent: Kent, months: list[date]) -> list[str]:
    """Where the count of each month stands."""
    answer = read_council_counts(Scope(kent.agreement, JUNE, SEPTEMBER, DEMO_MOMENT))
    return [answer(TERM, "kent", month).sources[0]["cell"] for month in months]


def test_many_months_are_read_in_a_few_queries(kent: Kent, django_assert_max_num_queries):
    tell(kent.agreement, sample_cases(), month_end(SEPTEMBER))
    with django_assert_max_num_queries(7):
        answer = read_council_counts(Scope(kent.agreement, date(2018, 4, 1), SEPTEMBER, DEMO_MOMENT))
    with django_assert_max_num_queries(0):
        assert answer(TERM, "kent", SEPTEMBER).value is not None
