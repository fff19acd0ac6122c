"""Rates for empty posts in the admin site."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from contracts.models import Agreement, Event, Power, Role
from funding.models import ShortfallRate
from performance.models import Measure
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import Kent


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


@pytest.fixture
def rate(kent: Kent) -> ShortfallRate:
    return ShortfallRate.objects.get(element__code="khnes")


def next_rate(rate: ShortfallRate, **values: Any) -> dict[str, Any]:
    """A rate in pounds that follows the one there is."""
    given = {"agreement": rate.agreement_id, "element": rate.element_id, "basis": "rate", "pounds_per_wte": "41000"}
    lines = {"funded": rate.funded_id, "in_post": rate.in_post_id, "source": "000"}
    return given | lines | {"in_force_from": "2019-09-01"} | values


def test_a_rate_ended_and_the_next_one_added_leave_one_event_each(administrator: Client, rate: ShortfallRate) -> None:
    before = Event.objects.count()
    assert sent(administrator, change_address(rate), {"in_force_until": "2019-09-01"}).status_code == 302
    answer = sent(administrator, add_address(ShortfallRate), next_rate(rate))
    assert answer.status_code == 302, errors_of(answer)
    new = ShortfallRate.objects.get(in_force_from=date(2019, 9, 1))
    assert new.pounds_per_wte == Decimal(41_000)
    events = Event.objects.order_by("-pk")[:2]
    assert [event.action for event in events] == ["shortfall rate added", "shortfall rate changed"]
    assert Event.objects.count() == before + 2


def test_a_rate_moves_the_figures_that_rest_on_it_once(administrator: Client, rate: ShortfallRate) -> None:
    assert sent(administrator, change_address(rate), {"in_force_until": "2019-09-01"}).status_code == 302
    assert list(rate.agreement.recompute_needs.values_list("from_month", flat=True)) == [date(2019, 9, 1)]


def test_an_overlap_is_refused_in_plain_words(administrator: Client, rate: ShortfallRate) -> None:
    answer = sent(administrator, add_address(ShortfallRate), next_rate(rate))
    assert errors_of(answer) == [
        "Another row for the same thing is in force on some of these days. End that one first, or start this one later."
    ]


def test_only_lines_about_staff_of_its_agreement_are_offered(administrator: Client, rate: ShortfallRate) -> None:
    other = Agreement.objects.create(
        reference="OTHER", name="Other", short_name="Other", power=Power.S75, starts_on=date(2018, 4, 1),
        ends_on=date(2023, 4, 1), returns_from=date(2018, 4, 1),
    )  # fmt: skip
    Measure.objects.create(agreement=other, sheet="Workforce", label="Elsewhere", unit="WTE")
    field = administrator.get(change_address(rate)).context["adminform"].form.fields["funded"]
    offered = Measure.objects.filter(pk__in=[str(value) for value, _ in field.choices if value])
    assert {measure.sheet for measure in offered} == {"Workforce"}
    assert {measure.agreement_id for measure in offered} == {rate.agreement_id}


def test_lines_of_another_element_are_refused(administrator: Client, rate: ShortfallRate) -> None:
    ehu = Measure.objects.filter(sheet="Workforce", element__code="ehu").earliest("position")
    answer = sent(administrator, change_address(rate), {"in_post": str(ehu.pk)})
    assert errors_of(answer) == [f"“{ehu}” is no line about {rate.element.name}. Choose one that is."]


def test_a_line_counts_as_one_thing(administrator: Client, rate: ShortfallRate) -> None:
    answer = sent(administrator, change_address(rate), {"in_post": str(rate.funded_id)})
    assert errors_of(answer) == ["Funded, in post and temporary are three different lines of the return."]


@pytest.mark.parametrize(("basis", "pounds"), [("share", "41000"), ("rate", "0")])
def test_pounds_go_with_a_rate_in_pounds(administrator: Client, rate: ShortfallRate, basis: str, pounds: str) -> None:
    answer = sent(administrator, change_address(rate), {"basis": basis, "pounds_per_wte": pounds})
    assert errors_of(answer) == [
        "Give pounds for one whole-time equivalent with a rate in pounds, above zero, and none with a share of the "
        "instalment."
    ]


def test_a_rate_in_pounds_without_pounds_is_refused(administrator: Client, rate: ShortfallRate) -> None:
    answer = sent(administrator, change_address(rate), {"basis": "rate", "pounds_per_wte": ""})
    assert errors_of(answer) == ["Give the pounds a year for one whole-time equivalent."]


def test_an_end_before_the_start_is_refused(administrator: Client, rate: ShortfallRate) -> None:
    answer = sent(administrator, change_address(rate), {"in_force_until": "2019-01-01"})
    assert errors_of(answer) == ["The first day out of force must be after the first day in force."]


def test_a_rate_that_has_begun_is_not_deleted(administrator: Client, rate: ShortfallRate) -> None:
    address = change_address(rate).replace("/change/", "/delete/")
    assert administrator.post(address, {"post": "yes"}).status_code == 403
    ShortfallRate.objects.filter(pk=rate.pk).update(in_force_from=date(2020, 4, 1))
    assert administrator.post(address, {"post": "yes"}).status_code == 302
    assert not ShortfallRate.objects.exists()
