"""An indicator that an administrator defines, and what the admin site refuses of formulas and measures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from contracts.models import Event, Indicator, Role
from performance.form import Sheet
from performance.models import Definition, Figure, Measure, MeasureRule, RecomputeNeed, StepChange
from performance.recompute import work_off
from performance.sources import all_sources
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import DEMO_MOMENT, Kent, take_in

JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def an_indicator(kent: Kent) -> dict[str, Any]:
    return {
        "agreement": kent.agreement.pk,
        "name": "Consultations for each case held",
        "code": "consultations-per-case",
        "element": kent.agreement.elements.get(code="ehu").pk,
        "unit": "contacts",
        "polarity": "higher",
        "position": "40",
    }


def a_definition(indicator: Indicator, terms: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "indicator": indicator.pk,
        "aggregation": "month total",
        "by_area": "on",
        "in_force_from": "2017-09-01",
        "terms-TOTAL_FORMS": len(terms),
    }
    for number, term in enumerate(terms):
        data |= {f"terms-{number}-{name}": value for name, value in term.items()}
    return data


def consultations_over_caseload(kent: Kent) -> list[dict[str, Any]]:
    line = {"source": "return", "sheet": "Activity", "element": kent.agreement.elements.get(code="ehu").pk}
    return [
        line | {"part": "numerator", "label": "Consultations"},
        line | {"part": "denominator", "label": "Caseload at month end"},
    ]


def test_an_administrator_adds_an_indicator_without_code(administrator: Client, kent: Kent) -> None:
    take_in(kent, [JULY, AUGUST])
    work_off(kent.agreement)

    assert sent(administrator, add_address(Indicator), an_indicator(kent)).status_code == 302
    indicator = Indicator.objects.get(code="consultations-per-case")
    definition = a_definition(indicator, consultations_over_caseload(kent))
    answer = sent(administrator, add_address(Definition), definition)
    assert answer.status_code == 302, errors_of(answer)
    work_off(kent.agreement)

    figures = Figure.objects.filter(indicator=indicator, known_until=None)
    assert figures.count() == 3 * 25, "three areas, September 2017 to September 2019"
    parts = dict(
        Figure.objects.filter(indicator__code__in=["early-help-consultations", "early-help-caseload"])
        .filter(area__code="kent", month=AUGUST, known_until=None)
        .values_list("indicator__code", "value")
    )
    august = figures.get(area__code="kent", month=AUGUST)
    assert (august.numerator, august.denominator) == (parts["early-help-consultations"], parts["early-help-caseload"])
    assert august.denominator == 191
    assert august.value == (Decimal(august.numerator or 0) / 191).quantize(Decimal(1).scaleb(-20))
    june = figures.get(area__code="kent", month=date(2019, 6, 1))
    assert june.value is None
    assert june.reason


def test_every_source_may_be_chosen(administrator: Client, kent: Kent) -> None:
    """Those of the apps above too."""
    form = administrator.get(change_address(Definition.objects.first())).context["inline_admin_formsets"][0]
    offered = {name for name, _ in form.formset.forms[0].fields["source"].choices}
    assert offered == {"", *all_sources()}
    assert "instalment" in offered


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ([], "A formula needs at least one term in its numerator."),
        ([{"part": "denominator", "source": "returns due"}], "A formula needs at least one term in its numerator."),
        ([{"part": "numerator", "source": "return"}], "Choose the sheet that the lines of the return stand on."),
        (
            [{"part": "numerator", "source": "returns due", "label": "Consultations"}],
            "Leave this empty: only lines of the return have it.",
        ),
        (
            [{"part": "numerator", "source": "return", "sheet": "Activity", "label": "Consultation"}],
            "The return has no such line. Compare sheet, element and label with “Measures”.",
        ),
    ],
)
def test_a_formula_that_says_nothing_is_refused(
    administrator: Client, kent: Kent, terms: list[dict[str, Any]], sentence: str
) -> None:
    sent(administrator, add_address(Indicator), an_indicator(kent))
    indicator = Indicator.objects.get(code="consultations-per-case")
    answer = sent(administrator, add_address(Definition), a_definition(indicator, terms))
    assert answer.status_code == 200
    assert sentence in errors_of(answer)
    assert not indicator.definitions.exists()


def test_small_counts_never_become_a_figure(administrator: Client, kent: Kent) -> None:
    measure = Measure.objects.filter(agreement=kent.agreement, sheet=Sheet.EQUALITY).first()
    assert measure is not None
    term = {"source": "return", "sheet": "Equality", "label": measure.label, "part": "numerator"}
    sent(administrator, add_address(Indicator), an_indicator(kent))
    indicator = Indicator.objects.get(code="consultations-per-case")
    answer = sent(administrator, add_address(Definition), a_definition(indicator, [term]))
    refusal = "Choose another sheet: counts on Equality may be of a few children, and never become a figure."
    assert refusal in answer.content.decode()
    assert not Definition.objects.filter(indicator=indicator).exists()


def test_every_formula_of_the_demo_is_taken_as_it_stands(administrator: Client, kent: Kent) -> None:
    for definition in Definition.objects.all():
        answer = sent(administrator, change_address(definition), {"note": "Looked at"})
        assert answer.status_code == 302, (definition, errors_of(answer))


def test_a_second_formula_overlapping_the_first_is_refused(administrator: Client, kent: Kent) -> None:
    indicator = kent.agreement.indicators.get(code="early-help-consultations")
    answer = sent(administrator, add_address(Definition), a_definition(indicator, consultations_over_caseload(kent)))
    assert any("is in force on some of these days" in error for error in errors_of(answer))


def test_a_changed_term_has_figures_worked_out_from_the_start_of_its_formula(administrator: Client, kent: Kent) -> None:
    definition = Definition.objects.get(indicator__code="early-help-consultations")
    answer = sent(administrator, change_address(definition), {"terms-0-label": "Liaisons"})
    assert answer.status_code == 302
    need = RecomputeNeed.objects.get()
    assert (need.from_month, need.until_month) == (date(2017, 9, 1), date(2019, 10, 1))
    event = Event.objects.latest("pk")
    term = definition.terms.get()
    assert event.before == {f"term {term.pk}": {"label": "Consultations"}}


def test_a_formula_that_has_begun_is_not_deleted(administrator: Client, kent: Kent) -> None:
    definition = Definition.objects.earliest("pk")
    address = change_address(definition).replace("/change/", "/delete/")
    assert administrator.post(address, {"post": "yes"}).status_code == 403


def test_a_step_change_is_its_recorders(administrator: Client, kent: Kent) -> None:
    indicator = kent.agreement.indicators.get(code="early-help-consultations")
    step = {"indicator": indicator.pk, "month": "2019-04-01", "reason": "A second team began"}
    assert sent(administrator, add_address(StepChange), step).status_code == 302
    recorded = StepChange.objects.get()
    assert recorded.recorded_by == kent.people[Role.ADMINISTRATOR]
    assert timezone.localtime(recorded.recorded_at).date() == DEMO_MOMENT.date()
    assert RecomputeNeed.objects.get().from_month == date(2019, 4, 1)


def test_a_measure_that_returns_answered_stays_what_it_was(administrator: Client, kent: Kent) -> None:
    take_in(kent, [AUGUST])
    measure = Measure.objects.get(label="Consultations", element__code="ehu")
    assert sent(administrator, change_address(measure), {"label": "Other", "position": "99"}).status_code == 302
    measure.refresh_from_db()
    assert (measure.label, measure.position) == ("Consultations", 99)


def test_a_measure_nobody_answered_yet_can_be_corrected(administrator: Client, kent: Kent) -> None:
    measure = Measure.objects.get(label="Consultations", element__code="ehu")
    assert sent(administrator, change_address(measure), {"label": "Consultations held"}).status_code == 302
    measure.refresh_from_db()
    assert measure.label == "Consultations held"


def test_a_rule_is_between_measures_of_one_agreement(administrator: Client, kent: Kent) -> None:
    rule = MeasureRule.objects.earliest("pk")
    other = kent.agreement.measures.get(label="Consultations", element__code="ehu")
    index = list(rule.measure.rules.order_by("kind", "pk")).index(rule)
    answer = sent(administrator, change_address(rule.measure), {f"rules-{index}-against": other.pk})
    assert answer.status_code == 302
    rule.refresh_from_db()
    assert rule.against == other


def test_what_pages_show_beside_each_element_is_worked_out_for_each(administrator: Client, kent: Kent) -> None:
    indicator = Indicator.objects.get(agreement=kent.agreement, purpose="cost-per-case")
    definition = Definition.objects.get(indicator=indicator)
    Definition.objects.filter(pk=definition.pk).update(in_force_until=AUGUST)
    own = {"source": "instalment", "part": "numerator", "is_own_element": "on"}
    again = a_definition(indicator, [own]) | {"in_force_from": "2019-08-01"}
    answer = sent(administrator, add_address(Definition), again)
    assert answer.status_code == 200
    assert "pages show “An element’s cost per case held” beside each element" in str(errors_of(answer))
    assert sent(administrator, add_address(Definition), again | {"for_each_element": "on"}).status_code == 302


def test_a_measure_is_ended_and_the_figures_after_it_follow(administrator: Client, kent: Kent) -> None:
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    measure = Measure.objects.get(label="Liaisons")
    answer = sent(administrator, change_address(measure), {"in_force_until": "2019-08-01"})
    assert answer.status_code == 302, errors_of(answer)
    measure.refresh_from_db()
    assert measure.in_force_until == AUGUST
    need = RecomputeNeed.objects.get(agreement=kent.agreement, done_at=None)
    assert need.from_month == AUGUST
