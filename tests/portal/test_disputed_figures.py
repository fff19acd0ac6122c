"""A figure whose caseload is disputed says so wherever it is shown, and no longer once both sides have signed."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.models import Indicator, Role, ServiceElement
from performance.actions.explaining import answer, explain
from performance.caseload_subjects import caseload_subjects
from performance.disputed_figures import figure_disputes
from performance.models import Definition, Difference, Figure, Measure, MeasureRule, Term
from performance.queries import figures_of
from performance.reconciliation import Kind
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import AUGUST, held_against_each_other, keys, standing
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
OVERVIEW, ELEMENT = f"{HERE}?month=2019-08", f"{HERE}elements/ehu/?month=2019-08"
FIGURES = f"{HERE}figures/"
MONTH_PAGE = f'href="{HERE}reconciliation/2019-08/"'
EARLIER = DEMO_MOMENT - timedelta(days=1)
# The list of what needs attention says it as the entry's state and again in its words, with one link.
MARKS_OF_WHAT_NEEDS_ATTENTION = 2
# The caseload, what has it as one of its numbers, and what takes in the council's own cases.
CONCERNED = {
    ("early-help-caseload", "ehu"),
    ("early-help-caseload-share", "ehu"),
    ("element-caseload-share", "ehu"),
    ("cost-per-case", "ehu"),
    ("council-caseload-difference", "ehu"),
}
WEST_ONLY = {(Kind.COUNCIL_ONLY, "west-kent"): 2}


@pytest.fixture
def reader(loaded: Kent) -> Client:
    caches["pages"].clear()
    return visitor(loaded, Role.ASSOCIATE_COMMISSIONER)


@pytest.fixture
def rows(loaded: Kent) -> list[Difference]:
    return held_against_each_other(loaded, at=EARLIER)


def explained(kent: Kent, rows: list[Difference], figure: int | None = None):
    by = standing(kent, Role.PROVIDER_EDITOR)
    text = "Unit seven counted a day later"
    return explain(
        kent.agreement, AUGUST, differences=keys(rows), text=text, agreed_figure=figure, by=by, at=DEMO_MOMENT
    )


def signed(kent: Kent, rows: list[Difference], figure: int | None = None) -> None:
    by = standing(kent, Role.COUNCIL_COMMISSIONER)
    answer(explained(kent, rows, figure), is_signed=True, reason="", by=by, at=DEMO_MOMENT)


def named(kent: Kent, figures) -> set[tuple[str, str]]:
    return {(figure.indicator.code, figure.element.code if figure.element else "") for figure in figures}


def tagged(kent: Kent, month: date = AUGUST, area: str = "kent") -> set[tuple[str, str]]:
    """The figures of a month and area beside which something stands."""
    disputes = figure_disputes(kent.agreement, [month], None)
    held = figures_of(kent.agreement).filter(month=month, area__code=area)
    return named(kent, (figure for figure in held if disputes.of(figure)))


def test_the_figures_that_show_the_caseload_are_known_by_their_formula(loaded: Kent, rows) -> None:
    assert tagged(loaded) == CONCERNED
    assert tagged(loaded, date(2019, 7, 1)) == set()


def test_no_code_or_name_is_asked_for(loaded: Kent, rows) -> None:
    for code in ("early-help-caseload", "element-caseload-share"):
        Indicator.objects.filter(agreement=loaded.agreement, code=code).update(code=f"x-{code}", name="Renamed")
    assert {code.removeprefix("x-") for code, _ in tagged(loaded)} == {code for code, _ in CONCERNED}


def test_without_the_rule_between_them_only_the_counted_measure_is_the_caseload(loaded: Kent, rows) -> None:
    MeasureRule.objects.filter(measure__is_counted_by_case_list=True).delete()
    assert tagged(loaded) == {("early-help-caseload-share", "ehu"), ("council-caseload-difference", "ehu")}


def test_without_a_case_list_only_the_councils_own_count_is_disputed(loaded: Kent, rows) -> None:
    Measure.objects.filter(agreement=loaded.agreement).update(is_counted_by_case_list=False)
    assert tagged(loaded) == {("council-caseload-difference", "ehu")}


@pytest.mark.parametrize("change", [{"is_subtracted": True}, {"label": "Consultations"}, {"label": ""}])
def test_a_formula_of_anything_else_is_not_the_caseload(loaded: Kent, rows, change) -> None:
    Term.objects.filter(definition__indicator__code="early-help-caseload").update(**change)
    assert ("early-help-caseload", "ehu") not in tagged(loaded)


def test_a_rolling_sum_is_not_the_caseload_of_its_month(loaded: Kent, rows) -> None:
    Definition.objects.filter(indicator__code="early-help-caseload").update(aggregation="rolling 12 months")
    assert ("early-help-caseload", "ehu") not in tagged(loaded)


def test_a_part_of_the_area_is_disputed_where_its_own_cases_are(loaded: Kent) -> None:
    held_against_each_other(loaded, counted=WEST_ONLY, at=EARLIER)
    assert ("early-help-caseload", "ehu") in tagged(loaded, area="west-kent") & tagged(loaded, area="kent")
    assert tagged(loaded, area="east-kent") == set()


def test_a_case_held_in_different_areas_is_in_doubt_in_both(loaded: Kent) -> None:
    held_against_each_other(loaded, counted={(Kind.AREA_DIFFERS, "east-kent"): 1}, at=EARLIER)
    for area in ("east-kent", "west-kent", "kent"):
        assert ("early-help-caseload", "ehu") in tagged(loaded, area=area)


@pytest.mark.parametrize(
    ("kind", "own"), [(Kind.COUNCIL_ONLY, "thanet"), (Kind.AREA_DIFFERS, "west-kent"), (Kind.PROVIDER_ONLY, "margate")]
)
def test_every_area_above_a_disputed_one_is_disputed(loaded: Kent, kind: Kind, own: str) -> None:
    east = loaded.agreement.areas.get(code="east-kent")
    thanet = loaded.agreement.areas.create(code="thanet", name="Thanet", parent=east, position=7)
    loaded.agreement.areas.create(code="margate", name="Margate", parent=thanet, position=8)
    area = loaded.agreement.areas.get(code=own)
    Difference.objects.create(
        agreement=loaded.agreement, month=AUGUST, reference="EH-2019-1", kind=kind.value, area=area,
        provider_says=own, council_says="thanet", known_from=EARLIER,
    )  # fmt: skip
    held = figure_disputes(loaded.agreement, [AUGUST], None).disputed
    others = {"west-kent"} if own == "west-kent" else {"margate"} if own == "margate" else set()
    assert {area for _, area in held} - {""} == {"east-kent", "thanet", "kent"} | others


def test_another_agreements_figures_are_not_concerned(loaded: Kent, rows) -> None:
    elsewhere = ServiceElement.objects.exclude(agreement=loaded.agreement)
    assert not elsewhere.exists()
    subjects = caseload_subjects(loaded.agreement)
    assert not subjects.has_caseload(Figure(definition_id=None))


@pytest.mark.parametrize(
    ("path", "figures", "needing"),
    [
        (OVERVIEW, 3, 1),
        (ELEMENT, 4, 0),
        (f"{FIGURES}early-help-caseload/ehu/kent/2019-08/", 1, 0),
        (f"{FIGURES}early-help-caseload/ehu/east-kent/2019-08/", 1, 0),
        (f"{FIGURES}element-caseload-share/ehu/kent/2019-08/", 1, 0),
        (f"{FIGURES}council-caseload-difference/ehu/kent/2019-08/", 1, 0),
        (f"{FIGURES}early-help-liaisons/ehu/kent/2019-08/", 0, 0),
        (f"{FIGURES}early-help-caseload/ehu/kent/2019-07/", 0, 0),
        (f"{HERE}?month=2019-07", 0, 1),
    ],
)
def test_disputed_stands_beside_the_figure_and_leads_to_the_month(
    reader: Client, rows, path: str, figures: int, needing: int
) -> None:
    page = reader.get(path)
    assert text_of(page).count("Disputed") == figures + needing * MARKS_OF_WHAT_NEEDS_ATTENTION
    assert page.content.decode().count(MONTH_PAGE) == figures + needing


def test_published_figures_say_which_of_ours_are_disputed(loaded: Kent, reader: Client) -> None:
    path = f"{HERE}published-figures/"
    assert "Disputed" not in text_of(reader.get(path))
    held_against_each_other(loaded, AUGUST, at=EARLIER)
    assert "Disputed" in text_of(reader.get(path))


def test_signing_refreshes_the_overview_that_was_kept(loaded: Kent, reader: Client, rows) -> None:
    assert "Disputed" in text_of(reader.get(OVERVIEW))
    one = explained(loaded, rows, 194)
    assert "Disputed" in text_of(reader.get(OVERVIEW))
    council = standing(loaded, Role.COUNCIL_COMMISSIONER)
    answer(one, is_signed=True, reason="", by=council, at=DEMO_MOMENT)
    page = text_of(reader.get(OVERVIEW))
    assert "Disputed" not in page
    assert "Agreed figure: 194, signed by KCC and NELFT" in page


def test_the_signed_figure_stands_beside_the_caseload_of_the_whole_alone(loaded: Kent, reader: Client, rows) -> None:
    signed(loaded, rows, 194)
    assert tagged(loaded) == {("early-help-caseload", "ehu")}
    assert tagged(loaded, area="east-kent") == set()
    words = "Agreed figure: 194, signed by KCC and NELFT"
    assert words in text_of(reader.get(f"{FIGURES}early-help-caseload/ehu/kent/2019-08/"))
    assert "Agreed figure" not in text_of(reader.get(f"{FIGURES}early-help-caseload/ehu/east-kent/2019-08/"))


def test_an_explanation_without_a_figure_only_takes_the_dispute_away(loaded: Kent, reader: Client, rows) -> None:
    signed(loaded, rows)
    page = text_of(reader.get(OVERVIEW))
    assert "Disputed" not in page
    assert "Agreed figure" not in page


def test_looking_back_shows_the_dispute_as_it_was(loaded: Kent, reader: Client, rows, settings: Settings) -> None:
    settings.PORTAL_TODAY = date(2019, 10, 18)  # So that the demo's day is past.
    one, later = explained(loaded, rows, 194), DEMO_MOMENT + timedelta(hours=2)
    answer(one, is_signed=True, reason="", by=standing(loaded, Role.COUNCIL_COMMISSIONER), at=later)
    before, after = "2019-10-17T10:30:00%2B01:00", "2019-10-17"
    then = reader.get(f"{OVERVIEW}&as-at={before}")
    assert text_of(then).count("Disputed") == 3 + MARKS_OF_WHAT_NEEDS_ATTENTION
    assert f'href="{HERE}reconciliation/2019-08/?as-at=2019-10-17T10%3A30' in then.content.decode()
    assert "Agreed figure: 194" in text_of(reader.get(f"{OVERVIEW}&as-at={after}"))


@pytest.mark.parametrize("path", [OVERVIEW, ELEMENT])
def test_as_many_queries_for_many_differences_as_for_one(loaded: Kent, reader: Client, path: str) -> None:
    asked = []
    for minutes, number in enumerate((1, 40)):
        held_against_each_other(
            loaded, counted={(Kind.COUNCIL_ONLY, "east-kent"): number}, at=EARLIER + timedelta(minutes=minutes)
        )
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            reader.get(path)
        asked.append(len(queries.captured_queries))
    assert asked[0] == asked[1]
