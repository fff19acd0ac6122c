"""A Contract Performance Notice from KCC's request to withholding and release, by three people of three organisations.

The portal's day moves on as the months of the notice do. The due days are those of others' examples.
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
from tests.journeys.people import CCG, EDITOR, KCC, Visit

pytestmark = pytest.mark.django_db
NOTICES = "/agreements/KCC-CYPMHS-S76/notices/"
NAMED = "Contract Performance Notice"
NOVEMBER = date(2018, 11, 1)
ASKED, SERVED, ACKNOWLEDGED = date(2018, 12, 20), date(2018, 12, 21), date(2018, 12, 27)
MET, PROPOSED, AGREED = date(2019, 4, 18), date(2019, 4, 23), date(2019, 4, 26)
BREACHED, RAISED, WITHHELD, RELEASED = date(2020, 5, 1), date(2020, 5, 12), date(2020, 5, 13), date(2020, 7, 1)


class Three(NamedTuple):
    """Three people at their own browsers."""

    council: Page
    commissioner: Page
    provider: Page


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


def fill_day(page: Page, legend: re.Pattern[str], on: date) -> None:
    """Type a day into its three fields."""
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(label, exact=True).fill(str(value))


def ask(page: Page) -> str:
    """Ask for a notice about the Early Help caseload; the notice's address."""
    page.goto(f"{NOTICES}ask/")
    page.get_by_role("button", name="See what will be quoted").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose which notice you ask for")
    assert_well_made(page)
    page.get_by_label(NAMED).check()
    page.get_by_label("What is it about?").select_option("ehu")
    page.get_by_label("Subject").fill("Early Help caseload")
    page.get_by_label("Why you ask for it").fill("Below target in every month reported.")
    page.get_by_label("Month of the figures").select_option("2018-11")
    page.get_by_role("checkbox", name="Early Help caseload").first.check()
    page.get_by_role("button", name="See what will be quoted").click()
    page.get_by_role("button", name="Ask for this notice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAMED}: Early Help caseload")
    assert_well_made(page)
    return page.url


def record(page: Page, address: str, link: str, on: date, reason: str = "", button: str = "Record it") -> list[str]:
    """Record a step with its day, and confirm what it starts; what that was."""
    page.goto(address)
    page.get_by_role("link", name=link).click()
    fill_day(page, re.compile("[Dd]ay|Agreed on"), on)
    if reason:
        page.get_by_label("What was found, and why").fill(reason)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and confirm")
    starts = page.locator("main ul.govuk-list li").all_inner_texts()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_label("Done")).to_be_visible()
    return starts


def expect_due(page: Page, address: str, name: str, due: date) -> None:
    """The head of the notice's page says what is due by when, and so does the board."""
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(f"{name} due by {weekday(due)}")
    page.goto(NOTICES)
    expect(page.get_by_role("main")).to_contain_text(f"{name} due by {weekday(due)}")


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


def plan(page: Page, address: str) -> None:
    """Propose a plan of two milestones, adding the second one without a script's help."""
    page.goto(address)
    page.get_by_role("link", name="Propose a plan").click()
    page.get_by_label("What the plan does").fill("Two posts are filled.")
    for number, what in enumerate(("Advertise both posts", "Fill both posts")):
        if number:
            page.get_by_role("button", name="Add another milestone").click()
        group = page.get_by_role("group", name=f"Milestone {number + 1}")
        group.get_by_label("What is done").fill(what)
        fill_day_in = group.get_by_role("group", name="By which day")
        for label, value in (("Day", "31"), ("Month", str(5 + 2 * number)), ("Year", "2019")):
            fill_day_in.get_by_label(label, exact=True).fill(value)
        group.get_by_label("Who does it").select_option(label="NELFT")
    assert_well_made(page)
    page.get_by_role("button", name="Propose the plan").click()
    expect(page.get_by_text("Plan 1 is proposed.")).to_be_visible()
    assert_well_made(page)


def miss_a_milestone(page: Page, address: str) -> None:
    """Record that the second milestone was missed, once without saying how that is known."""
    page.goto(address)
    page.get_by_role("link", name=re.compile("Record whether it was met.*Fill both posts")).click()
    page.get_by_label("No, it was missed").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how you know")
    assert_well_made(page)
    page.get_by_label("How you know").fill("No workforce return names them")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The milestone is recorded as missed.")).to_be_visible()


@pytest.fixture
def three(visit_as: Callable[..., Visit], portal: MovingPortal) -> Three:
    """Alex Morgan of KCC, Helen Marsh of West Kent CCG and Sam Ellis of NELFT, each at their own browser."""
    portal.live_on(ASKED)
    return Three(visit_as(KCC).page, visit_as(CCG).page, visit_as(EDITOR).page)


def test_a_contract_performance_notice_from_request_to_release(three: Three, portal: MovingPortal) -> None:
    address = ask(three.council)
    three.provider.goto(NOTICES)
    expect(three.provider.get_by_role("main")).not_to_contain_text("Early Help caseload")
    serve_and_acknowledge(three, portal, address)
    plan_and_agree(three, portal, address)
    breach_and_withhold(three, portal, address)
    release(three, portal, address)


def serve_and_acknowledge(three: Three, portal: MovingPortal, address: str) -> None:
    """Served by the commissioner; the provider, who now knows of it, acknowledges it."""
    portal.live_on(SERVED)
    serve(three.commissioner, address)
    portal.live_on(ACKNOWLEDGED)
    three.provider.goto(address)
    expect(three.provider.get_by_role("main")).not_to_contain_text("Notice asked for")
    three.provider.get_by_role("button", name="Acknowledge").click()
    expect(three.provider.get_by_text("is acknowledged.")).to_be_visible()
    assert_well_made(three.provider)


def plan_and_agree(three: Three, portal: MovingPortal, address: str) -> None:
    """The meeting came late. What it led to is recorded on Maundy Thursday: Easter lies in the plan's five days."""
    council, commissioner, provider = three
    portal.live_on(MET)
    council.goto(address)
    expect(council.get_by_role("main")).to_contain_text("operational days over")
    record(commissioner, address, "meeting led to: remedial action plan", MET)
    expect_due(commissioner, address, "Remedial action plan", example(MET, 5))
    portal.live_on(PROPOSED)
    plan(provider, address)
    provider.get_by_role("link", name="Propose an extension").click()
    provider.get_by_label("How many more operational days").fill("2")
    provider.get_by_label("Why it needs longer").fill("The board meets after Easter")
    provider.get_by_role("button", name="Propose it").click()
    expect(provider.get_by_role("button", name="Take the proposal back")).to_be_visible()
    commissioner.goto(address)
    assert_well_made(commissioner)
    commissioner.get_by_role("button", name="Agree", exact=True).click()
    expect(commissioner.get_by_text("It is agreed. The clock has its new day.")).to_be_visible()
    expect_due(council, address, "Remedial action plan", date(2019, 5, 1))
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


def release(three: Three, portal: MovingPortal, address: str) -> None:
    """What is withheld is proposed to finance, and released by the rule once it is put right."""
    portal.live_on(RELEASED)
    three.council.goto(address)
    main = three.council.get_by_role("main")
    withheld = "£2,000.00 of Early Help is proposed to be withheld of the payment for May 2020."
    expect(main).to_contain_text(withheld)
    expect(main).to_contain_text("If it is put right by 13 November 2020, what is withheld is released.")
    assert_well_made(three.council)
    record(three.commissioner, address, "Close the notice: put right", RELEASED)
    three.council.goto(address)
    expect(main).to_contain_text(f"Closed: put right, on {weekday(RELEASED)}")
    expect(main).to_contain_text("It was put right on 1 July 2020, so what was withheld is released.")
    expect(three.council.get_by_role("button", name="Add")).to_have_count(0)
    assert_well_made(three.council)
