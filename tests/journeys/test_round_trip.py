"""A correction all the way round: template, faults, the marked workbook, reasons, sign-off, a query, a new version,
acceptance, figures that move, and the figures of before."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from playwright.sync_api import Download, Page, expect

from performance.form import Sheet
from performance.workbook.layout import KEY_HEADINGS
from tests.hostile_files.build import loaded, saved
from tests.journeys.looking import assert_well_made
from tests.journeys.people import CCG, EDITOR, KCC, SIGNATORY
from tests.journeys.test_return import AGREEMENT, give_reasons, load_until, upload

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
    """Write July's numbers, reasons and comments into the template; a row that July has nothing for is deleted."""
    sample = loaded(JULY)
    for name in Sheet:
        ours, keys = template[name.value], len(KEY_HEADINGS[name])
        headings, *rows = sample[name.value].iter_rows(values_only=True)
        said = {row[:keys]: dict(zip(headings, row, strict=True)) for row in rows}
        for number in range(ours.max_row, 1, -1):
            row = said.get(tuple(cell.value for cell in ours[number][:keys]))
            if row is None:
                ours.delete_rows(number)
                continue
            for cell, heading in zip(ours[number][keys:], ours[1][keys:], strict=True):
                if heading.value in row:
                    cell.value = row[heading.value]
    template["Return"]["B6"], template["Return"]["B7"] = "R. Osei", sample["Return"]["B7"].value


def with_liaisons(workbook: Workbook, *liaisons: Any) -> bytes:
    """The workbook with Early Help's liaisons of July: in the east, in the west, in Kent (row 4 of Activity)."""
    for column, value in zip("DEF", liaisons, strict=True):
        workbook["Activity"][f"{column}4"] = value
    return saved(workbook)


def hand_in(page: Page, workbook: bytes, why: str, button: str = "Upload and check") -> str:
    """Upload a correction and return the address of the version it becomes."""
    page.get_by_label("Why this corrects an earlier version").fill(why)
    upload(page, "nelft-return-2019-07.xlsx", workbook, button)
    expect(page.get_by_role("heading", level=1)).to_contain_text("July 2019, version")
    return page.url.partition("#")[0]


def sign_off(page: Page, address: str) -> None:
    """Declare and sign."""
    page.goto(address)
    page.get_by_label("I have checked this return").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("is signed off. West Kent CCG can accept it now.")).to_be_visible()


def decide(page: Page, decision: str, said: str) -> None:
    """Accept a version or send it back."""
    page.get_by_label(decision, exact=True).check()
    page.get_by_role("button", name="Send your decision").click()
    expect(page.get_by_text(said)).to_be_visible()


def ask_and_send_back(page: Page, address: str) -> None:
    """Ask about the line and send the version back."""
    page.goto(address)
    page.get_by_role("row").filter(has_text="Liaisons").first.get_by_role("link", name="Ask").click()
    assert_well_made(page)
    page.get_by_label("What do you want to know?").fill("Is the ward in the west counted?")
    page.get_by_role("button", name="Send the query").click()
    expect(page.get_by_text("Waits for an answer")).to_be_visible()
    decide(page, "Send back with queries", "is sent back to NELFT with your queries.")


def answer(page: Page, address: str) -> None:
    """Answer the one query there is."""
    page.goto(address)
    assert_well_made(page)
    page.get_by_label("Your answer").fill("No: five liaisons of the west were left out.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()


def settle(page: Page, address: str) -> None:
    """Settle the query that the version before left."""
    page.goto(address)
    expect(page.locator(".query__about")).to_contain_text("in version 2")
    page.get_by_text("Ask again or settle").click()
    page.get_by_role("button", name="Settle this query").click()
    expect(page.get_by_text("The query is settled.")).to_be_visible()


def value_of(page: Page, address: str) -> str:
    """What the figure page says in its heading."""
    page.goto(address)
    return page.get_by_role("heading", level=1).inner_text()


def test_a_correction_goes_round_and_what_was_known_before_can_still_be_seen(visit_as):
    editor, signatory = visit_as(EDITOR).page, visit_as(SIGNATORY).page
    commissioner, council = visit_as(CCG).page, visit_as(KCC).page
    assert BEFORE in value_of(council, FIGURE)

    # The template of the month, filled in with a fault.
    editor.goto(f"{AGREEMENT}returns/2019-07/")
    template = downloaded(editor, "workbook for July 2019 (XLSX)")
    fill_in(template)
    editor.goto(f"{AGREEMENT}returns/upload/")
    upload(editor, "nelft-return-2019-07.xlsx", with_liaisons(template, 105, "about 90", 195))
    expect(editor.get_by_role("alert")).to_contain_text("Activity E4")
    assert_well_made(editor)

    # The provider's own workbook comes back with the fault marked; put right, it is uploaded as it is.
    marked = downloaded(editor, "Download your workbook with the findings marked")
    assert marked["Activity"]["E4"].comment is not None
    assert "about 90" in str(list(marked["Findings"].iter_rows(values_only=True)))
    right = with_liaisons(marked, 100, 60, 160)
    second = hand_in(editor, right, "A ward was counted twice", "Upload and check again")
    assert_well_made(editor)
    give_reasons(editor)
    sign_off(signatory, second)
    assert_well_made(signatory)

    # A query on one line, its answer, and the new version.
    ask_and_send_back(commissioner, second)
    answer(editor, second)
    editor.goto(f"{AGREEMENT}returns/upload/")
    third = hand_in(editor, with_liaisons(marked, 100, 65, 165), "Five liaisons were left out")
    give_reasons(editor)
    sign_off(signatory, third)
    settle(commissioner, third)
    decide(commissioner, "Accept", "is accepted. Its figures are used from now on.")

    # The figures follow, those of the day before are as they were, and what changed can be read cell by cell.
    load_until(council, FIGURE, "165")
    assert_well_made(council)
    assert BEFORE in value_of(council, f"{FIGURE}?as-at=2019-10-16")
    assert_well_made(council)
    council.goto(f"{AGREEMENT}returns/2019-07/compare/?from=1&to=3")
    liaisons = council.get_by_role("row").filter(has_text="Liaisons").filter(has_text="F4")
    expect(liaisons).to_contain_text("165")
    assert_well_made(council)
