"""A variation on its way: drafted and proposed by KCC, refused its proposer's second signature, signed by the CCG."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_well_made
from tests.journeys.people import AUDITOR, CCG, KCC

VARIATIONS = "/agreements/KCC-CYPMHS-S76/variations/"


def fill_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """Fill the three fields of a day."""
    group = page.get_by_role("group", name=legend)
    for label, text in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(text)


def draft(page: Page) -> str:
    """Draft an earlier day for the returns of 2022, which no other journey looks at; the address of the draft."""
    page.goto(VARIATIONS)
    page.get_by_role("button", name="Draft a variation").click()
    page.get_by_role("button", name="Save and add what changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the variation a title")
    assert_well_made(page)
    page.get_by_label("Title").fill("Returns two days earlier")
    page.get_by_label("Why the terms are to change").fill("Both sides close their books earlier from 2022.")
    fill_day(page, "First day in force", "1", "4", "2022")
    page.get_by_role("button", name="Save and add what changes").click()
    assert_well_made(page)
    page.get_by_label("Term of the agreement").select_option(label="Day that returns are due on")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Operational Day after the month").fill("eight")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a whole number from 1 to 60")
    assert_well_made(page)
    page.get_by_label("Operational Day after the month").fill("8")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("Due: 8th Operational Day after the month")).to_be_visible()
    assert_well_made(page)
    return page.url


def refused_beside_it(page: Page) -> None:
    """Draft another first day for the same term, on the very day on which the agreed one begins."""
    page.goto(VARIATIONS)
    page.get_by_role("button", name="Draft a variation").click()
    page.get_by_label("Title").fill("Returns a day later")
    page.get_by_label("Why the terms are to change").fill("The eighth day is too early.")
    fill_day(page, "First day in force", "1", "4", "2022")
    page.get_by_role("button", name="Save and add what changes").click()
    page.get_by_label("Term of the agreement").select_option(label="Day that returns are due on")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Operational Day after the month").fill("9")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Day that returns are due on: another term begins on 1 April 2022 itself, and the two would overlap: choose "
        "another day."
    )
    assert_well_made(page)
    page.get_by_role("link", name=re.compile(r"^V\d+$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Returns a day later")
    expect(page.get_by_text("Due: 9th Operational Day after the month")).to_have_count(0)


def test_a_variation_from_its_draft_to_its_last_signature(visit_as):
    proposer, signer = visit_as(KCC).page, visit_as(CCG)
    address = draft(proposer)
    proposer.get_by_role("link", name="Change the title, reason, day or notice").click()
    assert_well_made(proposer)
    proposer.get_by_label("Title").fill("Returns on the eighth Operational Day")
    proposer.get_by_role("button", name="Save").click()

    # Nobody else sees it yet.
    signer.expect_status(404, address)

    # The proposer's word is the first signature, and there is no second one of theirs.
    proposer.get_by_label("I have looked at what it changes").check()
    proposer.get_by_role("button", name="Sign and propose").click()
    expect(proposer.get_by_text("is proposed, and you signed it.")).to_be_visible()
    expect(proposer.get_by_text("You signed it for KCC, so somebody else signs it next.")).to_be_visible()
    expect(proposer.get_by_role("button", name="Sign V")).to_have_count(0)
    assert_well_made(proposer)

    # The other side sees both terms before it signs; a word is asked for, and a second tab comes too late.
    page, late = signer.page, signer.page.context.new_page()
    late.goto(address)
    page.goto(address)
    expect(page.get_by_text("Due: 10th Operational Day after the month")).to_be_visible()
    page.get_by_role("button", name="Sign V").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the declaration")
    assert_well_made(page)
    for one in (page, late):
        one.get_by_label("I have looked at what it changes").check()
        one.get_by_role("button", name="Sign V").click()
    expect(page.get_by_text("Every party has signed")).to_be_visible()
    expect(page.get_by_text("Its terms hold from 1 April 2022.")).to_be_visible()
    expect(late.get_by_text("nobody signs it now")).to_be_visible()
    assert_well_made(page)

    # The auditor reads what came of it.
    auditor = visit_as(AUDITOR).page
    auditor.goto(VARIATIONS)
    expect(auditor.get_by_role("row", name="Returns on the eighth Operational Day")).to_contain_text("Agreed")
    auditor.goto(address)
    expect(auditor.get_by_text("As it was shown when the last party signed")).to_be_visible()
    expect(auditor.get_by_role("button", name="Sign")).to_have_count(0)

    # The term that is agreed now stands against another one for the same day.
    refused_beside_it(proposer)
