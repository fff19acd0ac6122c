"""Figures quoted for a contract notice: value, target, verdict, doubt, cells and the months of their chart."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from contracts.levers.evidence_source import quote_evidence_with, quoted_again
from contracts.levers.quoted import QuotedFigure
from contracts.models import EvidenceFigure, Notice, Role
from performance.models import Figure
from performance.quoting import CannotQuote, FigureKey, quote, quote_again
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import held_against_each_other

pytestmark = pytest.mark.django_db
AUGUST, JULY = date(2019, 8, 1), date(2019, 7, 1)
CASELOAD = FigureKey("early-help-caseload", "ehu", "kent", AUGUST)
HSB = FigureKey("hsb-caseload", "hsb", "kent", AUGUST)
STAFF = FigureKey("staff-in-post", "khnes", "kent", AUGUST)


def one(kent: Kent, key: FigureKey) -> QuotedFigure:
    (quoted,) = quote(kent.agreement, [key], at=DEMO_MOMENT)
    return quoted


def test_the_caseload_of_august_as_published(loaded: Kent) -> None:
    """004 §2.6: 191 children against 300."""
    quoted = one(loaded, CASELOAD)
    assert (quoted.value, quoted.unit, quoted.agreed) == (Decimal(191), "children", Decimal(300))
    assert (quoted.indicator_name, quoted.area_name, quoted.month) == ("Early Help caseload", "Kent", AUGUST)
    assert quoted.verdict == "Red: below floor of 240"
    assert not quoted.agreed_is_illustrative
    assert quoted.as_at == DEMO_MOMENT


def test_a_quoted_figure_names_the_cell_and_version_it_came_from(loaded: Kent) -> None:
    quoted = one(loaded, CASELOAD)
    assert quoted.sources == (
        {
            "month": "2019-08",
            "version": 1,
            "sheet": "Activity",
            "cell": "F2",
            "label": "Caseload at month end",
            "area": "kent",
            "value": "191",
        },
    )


def test_its_chart_has_every_month_since_the_first_return_and_its_own_last(loaded: Kent) -> None:
    series = one(loaded, CASELOAD).series
    assert [point["month"] for point in series][:: len(series) - 1] == ["2018-04", "2019-08"]
    assert len(series) == 17
    assert series[-1] == {"month": "2019-08", "value": "191", "target": "300", "verdict": "red"}


def test_a_chart_has_no_more_than_two_years(loaded: Kent) -> None:
    loaded.agreement.returns_from = date(2017, 1, 1)
    series = one(loaded, CASELOAD).series
    assert len(series) == 24
    assert series[0] == {"month": "2017-09", "value": None, "target": "300", "verdict": "not_available"}


def test_both_numbers_of_a_share_are_quoted(loaded: Kent) -> None:
    """004 §2.8: 1.9 of 5.0 WTE."""
    quoted = one(loaded, STAFF)
    assert (quoted.numerator, quoted.denominator, quoted.value) == (Decimal("1.9"), Decimal("5.0"), Decimal(38))
    assert quoted.element_code == "khnes"


def test_a_figure_that_is_not_available_is_quoted_with_its_reason(loaded: Kent) -> None:
    quoted = one(loaded, HSB)
    assert quoted.value is None
    assert quoted.why_not_available == "Not reported by NELFT: Not recorded separately from the Complex Pathway"
    assert quoted.verdict == "Grey: not available"


def test_what_no_paper_has_is_said(loaded: Kent) -> None:
    assert one(loaded, CASELOAD).doubt == "The floor of 240 is illustrative: no paper has it."
    assert one(loaded, FigureKey("lac-in-standard", "lac", "kent", AUGUST)).agreed_is_illustrative


def test_a_disputed_figure_says_so(loaded: Kent) -> None:
    held_against_each_other(loaded, JULY)
    doubt = one(loaded, FigureKey("early-help-caseload", "ehu", "kent", JULY)).doubt
    assert doubt.startswith("Disputed: the caseloads of July 2019 differ, and not everything is explained.")
    assert not one(loaded, FigureKey("khnes-pupils", "khnes", "kent", JULY)).doubt


def test_figures_come_in_the_order_asked_each_once_and_unknown_ones_not_at_all(loaded: Kent) -> None:
    nowhere = FigureKey("early-help-caseload", "ehu", "nowhere", AUGUST)
    quoted = quote(loaded.agreement, [STAFF, CASELOAD, STAFF, nowhere], at=DEMO_MOMENT)
    assert [figure.indicator_code for figure in quoted] == ["staff-in-post", "early-help-caseload"]
    assert quote(loaded.agreement, [], at=DEMO_MOMENT) == ()


def test_what_was_not_known_then_is_not_quoted(loaded: Kent) -> None:
    before = DEMO_MOMENT - timedelta(days=900)
    assert quote(loaded.agreement, [CASELOAD], at=DEMO_MOMENT, as_at=before) == ()


def corrected_to_small_counts() -> FigureKey:
    """East Kent's caseload in August, which a correction an hour later made to rest on a count of three."""
    known = Figure.objects.get(
        indicator__code="early-help-caseload", area__code="east-kent", month=AUGUST, known_until=None
    )
    Figure.objects.filter(pk=known.pk).update(known_until=DEMO_MOMENT + timedelta(hours=1))
    known.pk = None
    known.known_from, known.sources = DEMO_MOMENT + timedelta(hours=1), [{"sheet": "Equality", "value": "3"}]
    known.save(force_insert=True)
    return FigureKey("early-help-caseload", "ehu", "east-kent", AUGUST)


def test_a_figure_of_small_counts_is_refused(loaded: Kent) -> None:
    key = corrected_to_small_counts()
    with pytest.raises(CannotQuote, match="“Early Help caseload” rests on small counts of children"):
        one(loaded, key)


@pytest.mark.parametrize("few", [1, 2])
def test_as_many_queries_for_two_figures_as_for_one(
    loaded: Kent, django_assert_max_num_queries: DjangoAssertNumQueries, few: int
) -> None:
    with django_assert_max_num_queries(2):
        quote(loaded.agreement, [CASELOAD, STAFF][:few], at=DEMO_MOMENT)


def asked_notice(kent: Kent) -> Notice:
    return Notice.objects.create(
        agreement=kent.agreement,
        kind=kent.agreement.notice_kinds.get(abbreviation="CPN"),
        subject="Early Help caseload",
        reason="Below target",
        asked_by=kent.people[Role.COUNCIL_COMMISSIONER],
        asked_by_name="Alex Morgan",
        asked_at=DEMO_MOMENT,
    )


def asked_with(notice: Notice, *keys: FigureKey) -> None:
    """The evidence with which the notice was asked for, each figure with a value of then."""
    for position, key in enumerate(keys, 1):
        EvidenceFigure.objects.create(
            notice=notice,
            occasion="asked",
            position=position,
            as_at=DEMO_MOMENT,
            indicator_code=key.indicator,
            indicator_name="As it was called then",
            element_code=key.element,
            area_code=key.area,
            area_name="Kent",
            month=key.month,
            value=Decimal(100),
            unit="children",
        )


def test_what_a_notice_was_asked_for_with_is_quoted_again_as_it_is_known_now(loaded: Kent) -> None:
    notice, later = asked_notice(loaded), DEMO_MOMENT + timedelta(days=1)
    asked_with(notice, STAFF, CASELOAD)
    again = quote_again(notice, later)
    assert [(figure.indicator_code, figure.value) for figure in again] == [
        ("staff-in-post", Decimal(38)),
        ("early-help-caseload", Decimal(191)),
    ]
    assert {figure.as_at for figure in again} == {later}


def test_a_figure_that_a_correction_made_small_is_left_out_when_it_is_served(loaded: Kent) -> None:
    notice, small = asked_notice(loaded), corrected_to_small_counts()
    asked_with(notice, small, STAFF)
    again = quote_again(notice, DEMO_MOMENT + timedelta(days=1))
    assert [figure.indicator_code for figure in again] == ["staff-in-post"]


def test_serving_reaches_the_figures_through_the_source_named_at_the_start(loaded: Kent) -> None:
    quote_evidence_with(quote_again)  # Named once more, it still quotes once.
    notice = asked_notice(loaded)
    assert quoted_again(notice, DEMO_MOMENT) == ()
