"""Funding lines in the admin site."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from contracts.models import Event, Role
from funding.models import FundingLine
from performance.models import Figure, RecomputeNeed
from performance.recompute import work_off
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import Kent


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def a_line(line: FundingLine, **values: Any) -> dict[str, Any]:
    given = {"agreement": line.agreement_id, "funder": line.funder_id, "element": line.element_id, "source": "000"}
    return given | {"annual_amount": "40000", "in_force_from": "2019-09-01"} | values


def test_a_line_ended_and_the_next_one_added_move_shares_from_that_month(administrator: Client, kent: Kent) -> None:
    """The 2019 decision: KHNES falls from £240,000 to £40,000."""
    old = FundingLine.objects.get(element__code="khnes")
    assert sent(administrator, change_address(old), {"in_force_until": "2019-09-01"}).status_code == 302
    answer = sent(administrator, add_address(FundingLine), a_line(old))
    assert answer.status_code == 302, errors_of(answer)
    assert list(RecomputeNeed.objects.values_list("from_month", flat=True)) == [date(2019, 9, 1)] * 2
    work_off(kent.agreement)
    share = Figure.objects.get(indicator__code="spend-share-of-contract", element__code="khnes", known_until=None)
    assert (share.month, share.numerator, share.denominator) == (
        date(2019, 9, 1),
        Decimal(40_000),
        Decimal(16_457_000 - 200_000),
    )
    assert [event.action for event in Event.objects.filter(actor=kent.people[Role.ADMINISTRATOR]).order_by("-pk")] == [
        "funding line added",
        "funding line changed",
    ]


def test_an_overlap_is_refused_in_plain_words(administrator: Client, kent: Kent) -> None:
    answer = sent(administrator, add_address(FundingLine), a_line(FundingLine.objects.get(element__code="khnes")))
    assert errors_of(answer) == [
        "Another row for the same thing is in force on some of these days. End that one first, or start this one later."
    ]


def test_a_line_of_another_thing_may_stand_beside(administrator: Client, kent: Kent) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    other = FundingLine.objects.get(element=None)
    answer = sent(administrator, add_address(FundingLine), a_line(line, funder=other.funder_id))
    assert answer.status_code == 302


def test_a_line_that_has_begun_is_not_deleted(administrator: Client, kent: Kent) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    address = change_address(line).replace("/change/", "/delete/")
    assert administrator.post(address, {"post": "yes"}).status_code == 403
    FundingLine.objects.filter(pk=line.pk).update(in_force_from=date(2020, 4, 1))
    assert administrator.post(address, {"post": "yes"}).status_code == 302
    assert not FundingLine.objects.filter(pk=line.pk).exists()


def test_an_amount_below_zero_is_refused(administrator: Client, kent: Kent) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    answer = sent(administrator, change_address(line), {"annual_amount": "-1"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("240k", "Write an amount in pounds and pence, like 1,200.50"),
        ("24,0000", "Write an amount in pounds and pence, like 1,200.50"),
        ("NaN", "Write an amount in pounds and pence, like 1,200.50"),
        ("-240000", "Write an amount of zero or more, without a minus"),
        ("−240000", "Write an amount of zero or more, without a minus"),  # the true minus
        ("240000.005", "Write an amount in pounds and pence, like 1,200.50: no more than two figures after the point"),
    ],
)
def test_what_is_no_amount_is_refused_in_plain_words(
    administrator: Client, kent: Kent, written: str, said: str
) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    answer = sent(administrator, change_address(line), {"annual_amount": written})
    assert said in errors_of(answer)
    line.refresh_from_db()
    assert line.annual_amount == Decimal(240_000)


def test_commas_and_a_pound_sign_are_read(administrator: Client, kent: Kent) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    sent(administrator, change_address(line), {"annual_amount": "£240,001.50"})
    line.refresh_from_db()
    assert line.annual_amount == Decimal("240001.50")


def test_an_end_before_the_start_is_refused(administrator: Client, kent: Kent) -> None:
    line = FundingLine.objects.get(element__code="khnes")
    answer = sent(administrator, change_address(line), {"in_force_until": "2016-01-01"})
    assert errors_of(answer) == ["The first day out of force must be after the first day in force."]
