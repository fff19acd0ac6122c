"""Funding lines that payments used, and payments themselves, in the admin site."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from contracts.models import Role
from funding.models import FundingLine, Payment
from tests.admin_pages import change_address, errors_of, sent, signed_in
from tests.kent import Kent
from tests.money import certified, paid, proposed

pytestmark = pytest.mark.django_db
USED = "used this line: the next payment proposes the difference as a correction."


@pytest.fixture
def administrator(client: Client, loaded: Kent) -> Client:
    return signed_in(client, loaded.people[Role.ADMINISTRATOR])


@pytest.fixture
def line(loaded: Kent) -> FundingLine:
    for month in (date(2019, 4, 1), date(2019, 5, 1), date(2019, 6, 1)):
        paid(loaded, month)
    return FundingLine.objects.get(element__code="khnes")


def said(client: Client, line: FundingLine, **changes: str) -> list[str]:
    answer = sent(client, change_address(line), changes)
    assert answer.status_code == 302, errors_of(answer)
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_an_amount_that_payments_used_is_changed_with_a_word_of_what_follows(
    administrator: Client, loaded: Kent, line: FundingLine
) -> None:
    assert f"Payments of April to June 2019 {USED}" in said(administrator, line, annual_amount="240012.00")
    line.refresh_from_db()
    assert line.annual_amount == Decimal(240_012)
    corrections = [item for item in proposed(loaded, date(2019, 7, 1)).items if item.kind == "correction"]
    assert [item.for_month for item in corrections] == [date(2019, 4, 1), date(2019, 5, 1), date(2019, 6, 1)]


def test_a_line_ended_in_the_past_names_the_payments_after_its_end(administrator: Client, line: FundingLine) -> None:
    assert f"The payment of June 2019 {USED}" in said(administrator, line, in_force_until="2019-06-15")


def test_months_apart_are_named_apart(administrator: Client, loaded: Kent, line: FundingLine) -> None:
    certified(loaded)
    messages = said(administrator, line, annual_amount="240012.00")
    assert f"Payments of April to June 2019 and August 2019 {USED}" in messages


@pytest.mark.parametrize("changes", [{"note": "Checked"}, {"source": "004"}, {"in_force_until": "2019-09-01"}])
def test_what_moves_no_payment_says_nothing(administrator: Client, line: FundingLine, changes: dict[str, str]) -> None:
    assert not any(USED in message for message in said(administrator, line, **changes))


def test_a_line_that_payments_used_is_not_deleted_even_if_its_start_is_moved(
    administrator: Client, line: FundingLine
) -> None:
    FundingLine.objects.filter(pk=line.pk).update(in_force_from=date(2020, 4, 1))
    address = change_address(line).replace("/change/", "/delete/")
    assert administrator.post(address, {"post": "yes"}).status_code == 403
    assert FundingLine.objects.filter(pk=line.pk).exists()


def test_payments_are_only_shown(administrator: Client, line: FundingLine) -> None:
    payment = Payment.objects.latest("pk")
    assert administrator.get(reverse("admin:funding_payment_changelist")).status_code == 200
    page = administrator.get(change_address(payment))
    assert "KCC-000003" in page.content.decode()
    assert administrator.post(change_address(payment), {"state": "cancelled"}).status_code == 403
    assert administrator.get(reverse("admin:funding_payment_add")).status_code == 403
    assert administrator.get(reverse("admin:funding_annualstatement_changelist")).status_code == 200
