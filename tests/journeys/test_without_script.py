"""The main steps with JavaScript switched off."""

from playwright.sync_api import expect

from tests.hostile_files.build import AUGUST, valid_content
from tests.journeys.people import EDITOR, KCC, PEOPLE, choose_month, sign_in


def test_a_commissioner_reads_without_script(visit, portal):
    page = visit(java_script_enabled=False).page
    sign_in(page, PEOPLE[KCC], portal.passwords[PEOPLE[KCC]])
    choose_month(page, "August 2019")
    expect(page.get_by_role("heading", level=1)).to_contain_text("One of four funded elements meets its target.")
    page.get_by_role("link", name="Support to Early Help Units").first.click()
    for chart in page.locator("figure.chart").all():
        expect(chart.get_by_role("table")).to_be_visible()
    expect(page.locator("#trend").get_by_role("row").last).to_contain_text("191")


def test_a_provider_uploads_without_script(visit_as):
    page = visit_as(EDITOR, java_script_enabled=False).page
    page.goto("/agreements/KCC-CYPMHS-S76/returns/")
    page.get_by_role("link", name="Upload a return", exact=True).click()
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")

    # The very file that was accepted: nothing may come of it.
    page.get_by_label("Your return").set_input_files(
        {"name": "august.xlsx", "mimeType": "application/octet-stream", "buffer": valid_content(AUGUST)}
    )
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("Nothing has changed since version 1: this is the same file.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("August 2019")
