"""A file on its way: the form says how far it is, and what comes of it takes the page's place."""

from playwright.sync_api import expect

from tests.hostile_files.build import AUGUST, valid_content, workbook_with
from tests.journeys.looking import assert_well_made
from tests.journeys.people import EDITOR
from tests.journeys.test_return import upload

UPLOAD = "/agreements/KCC-CYPMHS-S76/returns/upload/"
# Every word that the form says while it sends, also those that are soon replaced.
LISTEN = """() => {
    window.said = [];
    const status = document.querySelector("[data-progress]");
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true});
}"""


def test_sending_is_told_and_leads_to_the_same_page_as_without_script(visit_as):
    page = visit_as(EDITOR).page
    page.goto(UPLOAD)
    assert page.get_by_role("status").get_attribute("data-progress") is not None
    page.evaluate(LISTEN)
    upload(page, "faulty.xlsx", workbook_with({("Activity", "F2"): "about 190"}))
    expect(page).to_have_title("Error: Check your return – Joint funding portal")
    said = page.evaluate("window.said")
    assert said[0] == "Sending your file: 0% sent"
    assert said[-1] == "Your file is sent. The portal is checking it."
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    address = page.url
    assert "/returns/uploads/" in address
    assert_well_made(page)

    # The marked workbook goes in again as it is, and has the same findings.
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your workbook with the findings marked").click()
    assert download.value.suggested_filename == "nelft-return-2019-08-with-findings.xlsx"
    marked = download.value.path().read_bytes()
    upload(page, download.value.suggested_filename, marked, button="Upload and check again")
    expect(page.get_by_text("nelft-return-2019-08-with-findings.xlsx")).to_be_visible()
    expect(page.get_by_role("link", name="Activity F2: ‘about 190’ is not a number")).to_be_visible()
    assert page.url != address

    page.go_back()
    expect(page.get_by_text("faulty.xlsx")).to_be_visible()
    assert page.url == address


def test_an_error_of_the_form_and_a_message_are_shown(visit_as):
    page = visit_as(EDITOR).page
    page.goto(UPLOAD)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    upload(page, "august.xlsx", valid_content(AUGUST))
    expect(page.get_by_text("Nothing has changed since version 1: this is the same file.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
