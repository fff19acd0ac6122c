"""What people do with a Contract Performance Notice at their browsers, step by step, as the journey asks for it."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from contracts.formatting import weekday
from tests.journeys.looking import assert_well_made

NOTICES = "/agreements/KCC-CYPMHS-S76/notices/"
NAMED = "Contract Performance Notice"


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
    assert_well_made(page)
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


def propose_plan(page: Page, address: str) -> None:
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


def propose_extension(page: Page, address: str, days: int) -> None:
    """Propose to the other side that the step takes so many Operational Days longer."""
    page.goto(address)
    page.get_by_role("link", name="Propose an extension").click()
    page.get_by_label("How many more operational days").fill(str(days))
    page.get_by_label("Why it needs longer").fill("The board meets after Easter")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("button", name="Take the proposal back")).to_be_visible()


def agree_extension(page: Page, address: str) -> None:
    """Agree what the other side proposed for the clock."""
    page.goto(address)
    assert_well_made(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("It is agreed. The clock has its new day.")).to_be_visible()


def expect_not_now(page: Page, address: str, step: str, why: str) -> None:
    """The address of a step that does not come next says so, and leads back to the notice."""
    page.goto(f"{address}{step}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(": not now")
    expect(page.get_by_role("main")).to_contain_text(why)
    assert_well_made(page)
    page.get_by_role("link", name="Go back").click()
    expect(page).to_have_url(address)


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
