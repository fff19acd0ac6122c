"""A Contract Performance Notice from KCC's request to withholding and release, by three people of three organisations.

Two more, of KCC's finance, withhold the money and give it back. The portal's day moves on as the months of the notice
do. The due days are those of others' examples.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, StorageState, expect
from pytest_django import DjangoDbBlocker

from contracts.formatting import weekday
from tests.journeys.conftest import DESKTOP
from tests.journeys.looking import assert_well_made
from tests.journeys.moving_portal import MovingPortal, example, moving_portal
from tests.journeys.noticing import (
    NOTICES,
    agree_extension,
    ask,
    expect_due,
    expect_not_now,
    miss_a_milestone,
    propose_extension,
    propose_plan,
    record,
)
from tests.journeys.paying import approve, certify
from tests.journeys.people import CCG, EDITOR, FINANCE, KCC, SECOND_FINANCE, Visit

pytestmark = pytest.mark.django_db
NOVEMBER = date(2018, 11, 1)
ASKED, SERVED, ACKNOWLEDGED = date(2018, 12, 20), date(2018, 12, 21), date(2018, 12, 27)
MET, PROPOSED, AGREED = date(2019, 4, 18), date(2019, 4, 23), date(2019, 4, 26)
BREACHED, RAISED, WITHHELD = date(2020, 5, 1), date(2020, 5, 12), date(2020, 5, 13)
MAY_CERTIFIED, PUT_RIGHT, JUNE_CERTIFIED = date(2020, 6, 1), date(2020, 6, 29), date(2020, 7, 1)
# What KCC pays for any month but March, in pounds, with 2% of Early Help's £100,000.00 withheld, and given back.
LESS, MORE = "£219,416.66", "£223,416.66"


class Three(NamedTuple):
    """Three people at their own browsers."""

    council: Page
    commissioner: Page
    provider: Page


class Finance(NamedTuple):
    """Two people of KCC's finance at theirs: nobody approves what they certified."""

    certifier: Page
    approver: Page


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MovingPortal]:
    """A portal of its own, so that no other journey's day moves."""
    with moving_portal(django_db_blocker, tmp_path_factory.mktemp("moving"), [NOVEMBER]) as moving:
        yield moving


@pytest.fixture(scope="module")
def browser_context_args(portal: MovingPortal) -> dict[str, Any]:
    """Every context opens that portal's addresses."""
    return {"base_url": portal.url, "viewport": DESKTOP, "locale": "en-GB"}


@pytest.fixture(scope="module")
def kept_sessions() -> dict[str, StorageState]:
    """Cookies for that portal alone."""
    return {}


@pytest.fixture
def three(visit_as: Callable[..., Visit], portal: MovingPortal) -> Three:
    """Alex Morgan of KCC, Helen Marsh of West Kent CCG and Sam Ellis of NELFT, each at their own browser."""
    portal.live_on(ASKED)
    return Three(visit_as(KCC).page, visit_as(CCG).page, visit_as(EDITOR).page)


@pytest.fixture
def finance(visit_as: Callable[..., Visit], portal: MovingPortal) -> Finance:
    """Priya Shah, who certifies, and Daniel Price, who approves."""
    return Finance(visit_as(FINANCE).page, visit_as(SECOND_FINANCE).page)


def test_a_contract_performance_notice_from_request_to_release(
    three: Three, finance: Finance, portal: MovingPortal
) -> None:
    address = ask(three.council)
    three.provider.goto(NOTICES)
    expect(three.provider.get_by_role("main")).not_to_contain_text("Early Help caseload")
    serve_and_acknowledge(three, portal, address)
    plan_and_agree(three, portal, address)
    breach_and_withhold(three, portal, address)
    pay_less(three, finance, portal, address)
    put_right(three, portal, address)
    pay_back(three, finance, portal, address)


def serve_and_acknowledge(three: Three, portal: MovingPortal, address: str) -> None:
    """Served by the commissioner; the provider, who now knows of it, acknowledges it."""
    portal.live_on(SERVED)
    serve(three.commissioner, address)
    expect_not_now(three.commissioner, address, "service/", "so it cannot be served")
    portal.live_on(ACKNOWLEDGED)
    three.provider.goto(address)
    expect(three.provider.get_by_role("main")).not_to_contain_text("Notice asked for")
    three.provider.get_by_role("button", name="Acknowledge").click()
    expect(three.provider.get_by_text("is acknowledged.")).to_be_visible()
    assert_well_made(three.provider)


def serve(page: Page, address: str) -> None:
    """Serve it on 21 December: Christmas and New Year lie in its ten days."""
    starts = record(page, address, "Serve the notice", SERVED, button="Serve the notice")
    due = example(SERVED, 10)
    assert any(f"within 10† operational days. It is due by {weekday(due)}." in one for one in starts)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Contract Performance Notice 2018/01: Early Help caseload"
    )
    assert_well_made(page)
    expect_due(page, address, "Contract management meeting", due)


def plan_and_agree(three: Three, portal: MovingPortal, address: str) -> None:
    """The meeting came late. What it led to is recorded on Maundy Thursday: Easter lies in the plan's five days.

    The early May holiday lies in the five more that are agreed.
    """
    council, commissioner, provider = three
    portal.live_on(MET)
    council.goto(address)
    expect(council.get_by_role("main")).to_contain_text("operational days over")
    record(commissioner, address, "meeting led to: remedial action plan", MET)
    expect_due(commissioner, address, "Remedial action plan", example(MET, 5))
    portal.live_on(PROPOSED)
    propose_plan(provider, address)
    propose_extension(provider, address, 5)
    agree_extension(commissioner, address)
    expect_due(council, address, "Remedial action plan", example(MET, 5 + 5))
    portal.live_on(AGREED)
    record(commissioner, address, "Agree plan 1", AGREED, button="Agree the plan")


def breach_and_withhold(three: Three, portal: MovingPortal, address: str) -> None:
    """A milestone is missed. The early May holiday of 2020, moved to VE Day, lies in the breach's five days."""
    commissioner = three.commissioner
    portal.live_on(BREACHED)
    miss_a_milestone(commissioner, address)
    record(commissioner, address, "Record a breach", BREACHED, "The posts are not filled")
    expect_due(commissioner, address, "Breach to be put right", example(BREACHED, 5))
    portal.live_on(RAISED)
    record(commissioner, address, "Make the exception report", RAISED, "Not put right in five days")
    portal.live_on(WITHHELD)
    starts = record(commissioner, address, "Begin withholding", WITHHELD, "Nothing has changed")
    assert any("2%† of the monthly instalment" in one for one in starts)
    assert_well_made(commissioner)
    three.provider.goto(address)
    expect(three.provider.get_by_role("main")).to_contain_text("Withholding began")


def pay_less(three: Three, finance: Finance, portal: MovingPortal, address: str) -> None:
    """What the notice withholds is proposed to finance, who certify and approve May's payment without it."""
    portal.live_on(MAY_CERTIFIED)
    main = three.council.get_by_role("main")
    three.council.goto(address)
    proposed = "£2,000.00 of Early Help is proposed to be withheld from the payment for May 2020."
    expect(main).to_contain_text(proposed)
    payment = certify(finance.certifier, "2020-05", "−£2,000.00 Early Help, contract notice", LESS)
    approve(finance.approver, payment, LESS)
    three.council.goto(address)
    expect(main).to_contain_text("£2,000.00 of Early Help is withheld from the payment for May 2020.")
    expect(main).to_contain_text(re.compile("put right by 13 November 2020, .* is released", re.IGNORECASE))
    assert_well_made(three.council)


def put_right(three: Three, portal: MovingPortal, address: str) -> None:
    """The notice is closed because it was put right: nothing more is said of it, and the money is to go back."""
    portal.live_on(PUT_RIGHT)
    record(three.commissioner, address, "Close the notice: put right", PUT_RIGHT)
    three.council.goto(address)
    main = three.council.get_by_role("main")
    expect(main).to_contain_text(f"Closed: put right, on {weekday(PUT_RIGHT)}")
    expect(main).to_contain_text("It was put right on 29 June 2020, so what was withheld is released.")
    expect(three.council.get_by_role("button", name="Add")).to_have_count(0)


def pay_back(three: Three, finance: Finance, portal: MovingPortal, address: str) -> None:
    """June's payment gives back what May's withheld, and withholds nothing: both sides read so."""
    portal.live_on(JUNE_CERTIFIED)
    payment = certify(finance.certifier, "2020-06", "£2,000.00 Early Help, contract notice", MORE)
    assert_well_made(finance.certifier)
    approve(finance.approver, payment, MORE)
    for reader in (three.council, three.provider):
        reader.goto(address)
        main = reader.get_by_role("main")
        expect(main).to_contain_text("£2,000.00 of Early Help is withheld from the payment for May 2020.")
        expect(main).to_contain_text("£2,000.00 of Early Help is paid after all, with the payment for June 2020.")
    assert_well_made(three.council)
