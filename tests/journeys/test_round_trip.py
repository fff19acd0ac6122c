"""A correction all the way round: template, faults, the marked workbook, reasons, sign-off, a query, a new version,
acceptance, figures that move, and the figures of before."""

import io
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from playwright.sync_api import Download, Page, expect

from performance.form import Sheet
from tests.hostile_files.build import loaded, saved
from tests.journeys.looking import assert_well_made
from tests.journeys.people import CCG, EDITOR, KCC, SIGNATORY
from tests.journeys.test_return import AGREEMENT, load_until, upload

JULY = date(2019, 7, 1)
FIGURE = f"{AGREEMENT}figures/early-help-liaisons/ehu/kent/2019-07/"
# Early Help's liaisons in July: 201 as accepted first.
BEFORE = "201"


def opened(download: Download) -> Workbook:
    """A downloaded workbook."""
    path = download.path()
    return openpyxl.load_workbook(io.BytesIO(Path(path).read_bytes()))


def downloaded(page: Page, link: str) -> Workbook:
    """What a link leads to."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    return opened(waiting.value)


def fill_in(template: Workbook) -> None:
    """Write July's numbers, reasons and comments into the template, each under its own heading and in its own row."""
    sample = loaded(JULY)
    for name in Sheet:
        theirs, ours = sample[name.value], template[name.value]
        headings = {cell.value: cell.column for cell in ours[1]}
        for row in theirs.iter_rows(min_row=2):
            for cell in row:
                heading = theirs.cell(1, cell.column).value
                target = ours.cell(cell.row, headings[heading])
                if target.value is None:
                    target.value = cell.value
    template["Return"]["B6"], template["Return"]["B7"] = "R. Osei", loaded(JULY)["Return"]["B7"].value


def with_liaisons(template: Workbook, east: object, west: object, kent: object) -> bytes:
    """The workbook with Early Help's liaisons of July: row 4 of Activity."""
    for column, value in zip("DEF", (east, west, kent), strict=True):
        template["Activity"][f"{column}4"] = value
    return saved(template)


def give_reasons(page: Page) -> None:
    """Write a reason beside each warning and keep them."""
    boxes = page.get_by_label("Why it is right")
    for place in range(boxes.count()):
        boxes.nth(place).fill("A ward was counted twice before")
    page.get_by_role("button", name="Keep these reasons").click()
    expect(page.get_by_text("Every warning has its reason.")).to_be_visible()


def sign_off(page: Page, address: str) -> None:
    """Declare and sign."""
    page.goto(address)
    page.get_by_label("I have checked this return").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("is signed off. West Kent CCG can accept it now.")).to_be_visible()


def value_of(page: Page, address: str) -> str:
    """What the figure page says in its heading."""
    page.goto(address)
    return page.get_by_role("heading", level=1).inner_text()


def test_a_correction_goes_round_and_what_was_known_before_can_still_be_seen(visit_as):
    editor, signatory = visit_as(EDITOR).page, visit_as(SIGNATORY).page
    commissioner, council = visit_as(CCG).page, visit_as(KCC).page
    assert BEFORE in value_of(council, FIGURE)

    # The template of the month, filled in with a fault.
    editor.goto(f"{AGREEMENT}returns/")
    editor.goto(f"{AGREEMENT}returns/upload/?month=2019-07")
    with editor.expect_download() as waiting:
        editor.evaluate("address => { window.location = address }", f"{AGREEMENT}returns/2019-07/template.xlsx")
    template = opened(waiting.value)
    fill_in(template)
    upload(editor, "nelft-return-2019-07.xlsx", with_liaisons(template, 105, "about 90", 195))
    expect(editor.get_by_role("alert")).to_contain_text("Activity E4")
    assert_well_made(editor)

    # The provider's own workbook comes back with the fault marked; put right, it is uploaded as it is.
    marked = downloaded(editor, "workbook with the findings marked")
    assert marked["Activity"]["E4"].comment is not None
    assert "about 90" in str([row for row in marked["Findings"].iter_rows(values_only=True)])
    editor.get_by_label("Why this corrects an earlier version").fill("A ward was counted twice")
    upload(editor, "nelft-return-2019-07.xlsx", with_liaisons(marked, 100, 60, 160), "Upload and check again")
    expect(editor.get_by_role("heading", level=1)).to_contain_text("July 2019, version 2")
    second = editor.url.partition("#")[0]
    assert_well_made(editor)

    # Each warning gets its reason; then the signatory signs.
    give_reasons(editor)
    sign_off(signatory, second)
    assert_well_made(signatory)

    # The commissioner asks about the line and sends the version back; the provider answers.
    commissioner.goto(second)
    row = commissioner.get_by_role("row").filter(has_text="Liaisons").first
    row.get_by_role("link", name="Ask").click()
    assert_well_made(commissioner)
    commissioner.get_by_label("What do you want to know?").fill("Is the ward in the west counted?")
    commissioner.get_by_role("button", name="Send the query").click()
    expect(commissioner.get_by_text("Waits for an answer")).to_be_visible()
    commissioner.get_by_label("Send back with queries").check()
    commissioner.get_by_role("button", name="Send your decision").click()
    expect(commissioner.get_by_text("is sent back to NELFT with your queries.")).to_be_visible()
    editor.goto(second)
    assert_well_made(editor)
    editor.get_by_label("Your answer").fill("No: five liaisons of the west were left out.")
    editor.get_by_role("button", name="Send the answer").click()
    expect(editor.get_by_text("Your answer is kept.")).to_be_visible()

    # The new version, signed and accepted.
    editor.goto(f"{AGREEMENT}returns/upload/")
    editor.get_by_label("Why this corrects an earlier version").fill("Five liaisons were left out")
    upload(editor, "nelft-return-2019-07.xlsx", with_liaisons(marked, 100, 65, 165))
    expect(editor.get_by_role("heading", level=1)).to_contain_text("July 2019, version 3")
    third = editor.url.partition("#")[0]
    give_reasons(editor)
    sign_off(signatory, third)
    commissioner.goto(third)
    expect(commissioner.get_by_text("in version 2")).to_be_visible()
    commissioner.get_by_text("Ask again or settle").click()
    commissioner.get_by_role("button", name="Settle this query").click()
    expect(commissioner.get_by_text("The query is settled.")).to_be_visible()
    commissioner.get_by_label("Accept", exact=True).check()
    commissioner.get_by_role("button", name="Send your decision").click()
    expect(commissioner.get_by_text("is accepted. Its figures are used from now on.")).to_be_visible()

    # The figures follow, and those of the day before are as they were.
    load_until(council, FIGURE, "165")
    assert_well_made(council)
    assert BEFORE in value_of(council, f"{FIGURE}?as-at=2019-10-16")
    assert_well_made(council)
    assert "165" in value_of(council, FIGURE)

    # What changed from version to version can be read cell by cell.
    council.goto(f"{AGREEMENT}returns/2019-07/compare/?from=1&to=3")
    expect(council.get_by_role("row").filter(has_text="Liaisons").first).to_contain_text("165")
    assert_well_made(council)
