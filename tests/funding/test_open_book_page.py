"""The page of the open book: costs by category, what one of something cost, and months that cannot be added up."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from contracts.models import Role
from funding.cost_chart import cost_bars
from funding.open_book_page.page import open_book_page
from funding.open_book_page.period import Period
from tests.barset import load_barset
from tests.funding.test_money_page import SEES_NO_PAYMENTS, SEES_PAYMENTS, replace_cost
from tests.kent import DEMO_DAY
from tests.money import AUGUST
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
OPEN_BOOK = "/agreements/KCC-CYPMHS-S76/money/open-book/"


def page_of(kent, month=AUGUST, period=Period.MONTH, code="", as_at=None):
    return open_book_page(kent.agreement, month, period, code, as_at)


def units(page, code):
    held = next(one for one in page.unit_costs if one.element.code == code)
    return {cost.name: cost for cost in held.costs}


def test_august_by_category_comes_to_what_was_spent(loaded):
    page = page_of(loaded)
    assert page.categories == ("Pay", "Non-pay", "Overheads")
    assert page.total.amounts == (Decimal("135025.08"), Decimal("8454.59"), Decimal("22764.96"))
    assert sum(page.total.amounts) == page.total.money.spent == Decimal("166244.63")
    assert page.headline == "NELFT spent £166,244.63 on all elements in August 2019"
    for row in page.rows:
        assert sum(row.amounts) == row.money.spent


@pytest.mark.parametrize("period", Period)
def test_elements_and_months_come_to_the_whole(loaded, period):
    page = page_of(loaded, period=period)
    assert sum(row.money.spent for row in page.rows) == page.total.money.spent == sum(page.total.amounts)
    counted = {Period.MONTH: 1, Period.YEAR: 5, Period.ALL: 17}[period]
    assert sum(one.total for one in page.months[:counted]) == page.total.money.spent


def test_what_a_case_a_contact_and_a_post_cost(loaded):
    page = page_of(loaded)
    early_help = units(page, "ehu")
    case = early_help["Spent for a case held"]
    assert (case.spent, case.count, round(case.value, 2)) == (Decimal("58739.27"), 191, Decimal("307.54"))
    assert (early_help["Spent for a contact"].count, early_help["Pay for a post held"].count) == (312, Decimal("9.4"))
    assert early_help["Pay for a post held"].spent == Decimal("47589.86")
    hsb = units(page, "hsb")["Spent for a case held"]
    assert hsb.value is None
    assert hsb.why_not.startswith("Not reported by NELFT: ")
    assert units(page, "lac")["Spent for a contact"].why_not == "The return counts no contacts of it."


def test_a_longer_period_adds_both_numbers_up(loaded):
    year = units(page_of(loaded, period=Period.YEAR), "ehu")["Spent for a case held"]
    months = [units(page_of(loaded, date(2019, month, 1)), "ehu")["Spent for a case held"] for month in range(4, 9)]
    assert year.spent == sum(one.spent for one in months)
    assert year.count == sum(one.count for one in months)
    assert (year.value, year.months) == (year.spent / year.count, 5)


def test_a_month_that_is_not_accepted_is_a_gap(loaded):
    page = page_of(loaded, date(2019, 9, 1), Period.ALL)
    assert (page.months[0].amounts, page.months[0].total) == ((None, None, None), None)
    assert page.figure["data"][0]["y"][-1] is None
    assert page.total.money.spent == page_of(loaded, period=Period.ALL).total.money.spent
    assert "Of 18 months, 1 cannot be counted whole." in page.reading
    month = page_of(loaded, date(2019, 9, 1))
    assert month.headline == "What NELFT spent on all elements in September 2019 is not known"
    assert month.total.amounts == (None, None, None)


def test_one_cost_not_reported_leaves_the_month_without_a_total(loaded):
    replace_cost(loaded, "ehu", "Pay", "The ledger closed late")
    page = page_of(loaded)
    row = page.rows[0]
    assert (row.amounts, row.money.spent) == ((None, None, None), None)
    assert row.why_not == "Pay not reported by NELFT: The ledger closed late"
    assert page.total.why_not == "Leaves out Early Help"
    assert page.months[0].total is None
    assert units(page, "ehu")["Spent for a case held"].value is None
    assert "Not available" in text_of(visitor(loaded, Role.AUDITOR).get(OPEN_BOOK))


def test_one_element_by_itself(loaded):
    page = page_of(loaded, code="lac")
    assert [row.element.code for row in page.rows] == ["lac"]
    assert page.months[0].total == Decimal("82167.52")
    with pytest.raises(Http404):
        page_of(loaded, code="elsewhere")


@pytest.mark.parametrize("role", SEES_PAYMENTS + SEES_NO_PAYMENTS)
def test_everyone_in_the_agreement_sees_the_open_book(loaded, role):
    answer = visitor(loaded, role).get(f"{OPEN_BOOK}?period=year&element=ehu")
    text = text_of(answer)
    assert "on Support to Early Help Units from April 2019 to August 2019" in text
    assert "5 months added up" in text
    assert '<input type="hidden" name="element" value="ehu">' in answer.content.decode()  # Another month keeps it.
    assert "returns/2019-08/versions/1/?sheet=open-book#says" in answer.content.decode()


def test_an_administrator_does_not(loaded, client):
    assert visitor(loaded, Role.ADMINISTRATOR).get(OPEN_BOOK).status_code == 404
    assert client.get(OPEN_BOOK).status_code == 302


def test_an_element_that_is_not_there_answers_404(loaded):
    assert visitor(loaded, Role.AUDITOR).get(f"{OPEN_BOOK}?element=elsewhere").status_code == 404


def test_before_anything_was_accepted(loaded):
    answer = visitor(loaded, Role.AUDITOR).get(f"{OPEN_BOOK}?as-at=2018-01-01")
    assert "No month has a whole open book, so there is no chart." in text_of(answer)


def test_an_agreement_of_another_kind(db, settings):
    settings.PORTAL_TODAY = DEMO_DAY
    agreement, _person = load_barset()
    page = open_book_page(agreement, date(2019, 9, 1), Period.ALL, "")
    assert page.figure is None
    assert all(cost.value is None and cost.why_not for held in page.unit_costs for cost in held.costs)


def test_the_chart_has_no_bar_for_a_gap_and_a_style_for_every_category():
    months = [date(2019, 7, 1), AUGUST]
    figure = cost_bars(months, {f"Cost {number}": [None, Decimal(number)] for number in range(1, 8)})
    assert [trace["y"] for trace in figure["data"]] == [[None, float(number)] for number in range(1, 8)]
    assert len(figure["legend"]) == 7
    with pytest.raises(ValueError, match="Found no cost"):
        cost_bars(months, {"Pay": [None, Decimal(0)]})
