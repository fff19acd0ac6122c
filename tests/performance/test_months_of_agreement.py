"""Which months an agreement has: the same ones for obligations, files, pages and figures."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.agreement_months import AgreementMonths, months_of
from contracts.audit import CONSOLE
from contracts.models import Agreement, Role
from contracts.periods import add_months, end_month, months_between
from performance.actions.days import make_obligations, open_the_day
from performance.actions.deciding import accept, send_back, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.lateness import ReturnState
from performance.models import Figure, Version
from performance.recompute import work_off
from performance.returns_held import returns_held
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, LONDON, Kent, take_in
from tests.visiting import RETURNS, address, text_of, visitor

MARCH, APRIL, AUGUST, SEPTEMBER = (date(2018, 3, 1), date(2018, 4, 1), date(2019, 8, 1), date(2019, 9, 1))
OVERVIEW = "/agreements/KCC-CYPMHS-S76/"
DAYS = st.dates(date(2017, 9, 1), date(2030, 12, 31))


def of_march(kent: Kent) -> Version:
    """A return of the month before returns are required, accepted."""
    file = ReceivedFile(workbook_with(month=MARCH), "return.xlsx")
    judged = judge(file, on=DEMO_DAY, expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=DEMO_MOMENT, warnings_reason="Early data").version
    assert version is not None, judged.findings
    return accept(sign_off(version, by=CONSOLE, at=DEMO_MOMENT), by=CONSOLE, at=DEMO_MOMENT)


def ends_on(kent: Kent, day: date) -> Agreement:
    """The agreement as it would be, ending in the middle of a month."""
    Agreement.objects.filter(pk=kent.agreement.pk).update(ends_on=day)
    kent.agreement.refresh_from_db()
    return kent.agreement


@given(DAYS, DAYS)
def test_the_end_in_months_follows_the_last_month_with_a_day(first: date, until: date) -> None:
    months = months_between(first, until)
    if months:
        assert add_months(months[-1], 1) == end_month(until)


@given(DAYS, DAYS, DAYS)
def test_required_months_are_those_it_requires(first: date, until: date, today: date) -> None:
    months = AgreementMonths(first.replace(day=1), end_month(until), first.replace(day=1))
    ended = months.ended(today)
    assert all(months.requires(month) and month < today for month in months.required(ended))


@pytest.mark.django_db
def test_an_agreement_that_ends_within_a_month_has_that_month(kent: Kent) -> None:
    agreement = ends_on(kent, date(2019, 8, 16))
    assert months_of(agreement).end == SEPTEMBER
    assert make_obligations(agreement, until=date(2020, 1, 1)) == 17
    assert agreement.returns.filter(month=AUGUST).exists()
    take_in(kent, [AUGUST])
    work_off(agreement)
    assert Figure.objects.filter(agreement=agreement, month=AUGUST, value__isnull=False).exists()
    client = visitor(kent, Role.COORDINATING_COMMISSIONER)
    assert client.get(f"{RETURNS}2019-08/", follow=True).status_code == 200
    assert client.get(OVERVIEW, {"month": "2019-08"}).status_code == 200
    assert client.get(OVERVIEW, {"month": "2019-09"}).status_code == 404


@pytest.mark.django_db
def test_the_month_after_it_is_outside(kent: Kent) -> None:
    agreement = ends_on(kent, date(2019, 8, 16))
    judged = judge(ReceivedFile(workbook_with(month=SEPTEMBER), "return.xlsx"), on=DEMO_DAY, expected=agreement)
    (finding,) = [one for one in judged.findings if one.level == "error"]
    assert finding.code == "month-outside-term"
    assert "before September 2019" in finding.expected


@pytest.mark.django_db
def test_a_return_of_an_earlier_month_is_taken_and_shown(kent: Kent) -> None:
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    version = of_march(kent)
    work_off(kent.agreement)
    client = visitor(kent, Role.COORDINATING_COMMISSIONER)
    assert client.get(f"{RETURNS}2018-03/", follow=True).redirect_chain == [(address(version), 302)]
    assert "March 2018" in text_of(client.get(RETURNS))
    page = client.get(OVERVIEW, {"month": "2018-03"})
    assert page.status_code == 200
    assert 'value="2018-03"' in page.content.decode()
    for element in kent.agreement.elements.all():
        assert client.get(f"{OVERVIEW}elements/{element.code}/", {"month": "2018-03"}).status_code == 200
    figure = f"{OVERVIEW}figures/early-help-caseload/ehu/kent/2018-03/"
    assert "191" in text_of(client.get(figure))


@pytest.mark.django_db
def test_no_page_has_an_earlier_month_without_a_return(kent: Kent) -> None:
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    client = visitor(kent, Role.COORDINATING_COMMISSIONER)
    assert client.get(f"{RETURNS}2018-03/").status_code == 404
    assert client.get(OVERVIEW, {"month": "2018-03"}).status_code == 404


@pytest.mark.django_db
def test_a_draft_of_an_earlier_month_is_the_providers_own(kent: Kent) -> None:
    judged = judge(ReceivedFile(workbook_with(month=MARCH), "return.xlsx"), on=DEMO_DAY, expected=kent.agreement)
    assert receive(judged, by=CONSOLE, at=DEMO_MOMENT).version is not None
    assert "March 2018" in text_of(visitor(kent, Role.PROVIDER_EDITOR).get(RETURNS))
    assert "March 2018" not in text_of(visitor(kent, Role.COORDINATING_COMMISSIONER).get(RETURNS))
    assert returns_held(kent.agreement).returns == ()


@pytest.mark.django_db
def test_what_was_sent_back_is_not_called_missing(kent: Kent) -> None:
    make_obligations(kent.agreement, until=SEPTEMBER)
    judged = judge(ReceivedFile(workbook_with(), "return.xlsx"), on=DEMO_DAY, expected=kent.agreement)
    at = datetime(2019, 9, 12, 9, 30, tzinfo=LONDON)
    version = receive(judged, by=CONSOLE, at=at, warnings_reason="Checked").version
    assert version is not None
    assert held_in(kent, ReturnState.LATE)[-1] == AUGUST
    signed = sign_off(version, by=CONSOLE, at=at)
    assert AUGUST not in held_in(kent, ReturnState.LATE)
    send_back(signed, by=CONSOLE, at=at, reason="Look again")
    assert held_in(kent, ReturnState.SENT_BACK) == [AUGUST]
    said = text_of(visitor(kent, Role.COORDINATING_COMMISSIONER).get(OVERVIEW))
    assert "The August 2019 return, version 1, was sent back" in said
    assert "The August 2019 return has not" not in said
    assert "The July 2019 return has not been signed off" in said


def held_in(kent: Kent, state: ReturnState) -> list[date]:
    return [one.month for one in returns_held(kent.agreement).in_state(state, DEMO_DAY)]
