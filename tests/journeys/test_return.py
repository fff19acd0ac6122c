"""A return on its way: from a file with faults to figures that everybody reads."""

import time
from datetime import date, datetime

from playwright.sync_api import Page, expect

from tests.hostile_files.build import sample_cases, workbook_with
from tests.journeys.looking import assert_well_made
from tests.journeys.people import CCG, EDITOR, KCC, SIGNATORY

AGREEMENT = "/agreements/KCC-CYPMHS-S76/"
SEPTEMBER = date(2019, 9, 1)
# Early Help holds 197 at the end of September: 112 in the east, 85 in the west.
RIGHT = {
    ("Return", "B7"): datetime(2019, 10, 11),
    ("Activity", "D2"): 112,
    ("Activity", "E2"): 85,
    ("Activity", "F2"): 197,
    ("Caseload by pathway", "B5"): 112,
    ("Caseload by pathway", "C5"): 85,
    ("Caseload by pathway", "D5"): 197,
    ("Equality", "D2"): 94,
    ("Equality", "D6"): 65,
    ("Equality", "D9"): 161,
    ("Equality", "D16"): 140,
}
FAULTY = RIGHT | {("Activity", "F3"): "about 100", ("Workforce", "D3"): -4}
PATIENCE_SECONDS = 60


def cases_of_september() -> bytes:
    """The sample's cases and six that opened in September: 112 are open in East Kent and 85 in West Kent."""
    new = [("East Kent", f"EH-2019-2000{number}") for number in range(4)]
    new += [("West Kent", f"EH-2019-2000{number}") for number in (4, 5)]
    rows = "".join(f"{reference},Early Help,{area},SPA,2019-09-12,\r\n" for area, reference in new)
    return sample_cases().stream.read() + rows.encode()


def upload(page: Page, name: str, content: bytes, button: str = "Upload and check", cases: bytes | None = None) -> None:
    """Choose a return, and a case list if there is one, and send them."""
    page.get_by_label("Your return").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    if cases is not None:
        page.get_by_label("Case list (CSV)").set_input_files(
            {"name": "cases.csv", "mimeType": "text/csv", "buffer": cases}
        )
    page.get_by_role("button", name=button).click()


def give_reasons(page: Page) -> None:
    """Write a reason beside each warning and keep them."""
    boxes = page.get_by_label("Why it is right")
    for place in range(boxes.count()):
        boxes.nth(place).fill("A ward was counted twice before")
    page.get_by_role("button", name="Keep these reasons").click()
    expect(page.get_by_text("Every warning has its reason.")).to_be_visible()


def load_until(page: Page, address: str, words: str) -> None:
    """Load a page again and again until it says `words`."""
    until = time.monotonic() + PATIENCE_SECONDS
    page.goto(address)
    while words not in page.get_by_role("main").inner_text():
        assert time.monotonic() < until, page.get_by_role("main").inner_text()
        page.reload()


def test_a_return_from_a_faulty_file_to_everybodys_figures(visit_as):
    editor, signatory = visit_as(EDITOR).page, visit_as(SIGNATORY).page
    commissioners = visit_as(CCG)
    commissioner = commissioners.page

    # The provider's editor learns of every fault at once, and where it stands.
    editor.goto(f"{AGREEMENT}returns/upload/")
    upload(editor, "september.xlsx", workbook_with(FAULTY, SEPTEMBER))
    expect(editor).to_have_title("Error: Check your return – Joint funding portal")
    expect(editor.get_by_role("alert")).to_contain_text("2 errors to put right")
    for cell, found in (("F3", "about 100"), ("D3", "4")):
        finding = editor.locator(".finding").filter(has=editor.locator(".finding__cell", has_text=cell))
        expect(finding).to_have_count(1)
        expect(finding).to_contain_text(found)
    assert_well_made(editor)

    # The corrected file becomes a draft that the commissioner cannot see yet.
    right = workbook_with(RIGHT, SEPTEMBER)
    upload(editor, "september.xlsx", right, "Upload and check again", cases_of_september())
    expect(editor.get_by_text("September 2019, version 1 is ready to be signed off, with")).to_be_visible()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("September 2019")
    address = editor.url
    assert_well_made(editor)
    give_reasons(editor)
    commissioners.expect_status(404, address)

    # The signatory cannot sign without the declaration, and then does.
    signatory.goto(address)
    assert_well_made(signatory)
    signatory.get_by_role("button", name="Sign off").click()
    expect(signatory.get_by_role("alert")).to_contain_text("Tick the declaration to sign the return off")
    assert_well_made(signatory)
    expect(signatory.get_by_text("Say why the return is late").first).to_be_visible()
    signatory.get_by_label("I have checked this return").check()
    signatory.get_by_label("Why the return is late").fill("The system was down")
    signatory.get_by_role("button", name="Sign off").click()
    expect(signatory.get_by_text("is signed off. West Kent CCG can accept it now.")).to_be_visible()

    # The coordinating commissioner accepts it.
    commissioner.goto("/")
    commissioner.get_by_role("link", name="The September 2019 return, version 1, waits for acceptance").click()
    assert_well_made(commissioner)
    commissioner.get_by_label("Accept", exact=True).check()
    commissioner.get_by_role("button", name="Send your decision").click()
    expect(commissioner.get_by_text("is accepted. Its figures are used from now on.")).to_be_visible()

    # The worker follows, and everybody reads September.
    council = visit_as(KCC).page
    load_until(council, AGREEMENT, "Early Help holds 197 children")
    expect(council.get_by_label("Month", exact=True).locator("option:checked")).to_have_text("September 2019")
    assert_well_made(council)
    editor.goto(address)
    expect(editor.locator(".under-heading")).to_contain_text("Accepted")
    assert_well_made(editor)
