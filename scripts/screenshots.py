"""Pictures of the main pages, taken of a portal with the demo."""

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from cypmhs_portal.demo.returns import FOLDER as RETURNS
from cypmhs_portal.launch.trial import Trial, passwords_in, running_trial
from scripts.browser import launch_options

DESKTOP, PHONE, HEIGHT = 1280, 360, 900
# The upper part of a page shows what it is; the whole of a long one would weigh too much here.
TALLEST = 1800
COUNCIL, PROVIDER = "alex.morgan@kcc.example", "sam.ellis@nelft.example"
FINANCE = "daniel.price@kcc.example"
KENT = "/agreements/KCC-CYPMHS-S76"
CHARTS_ARE_DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('.main-svg'))"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as one person sees it, so many pixels wide and no taller than that."""

    name: str
    person: str
    address: str
    width: int = DESKTOP
    tallest: int = TALLEST


PICTURES = (
    Picture("overview", COUNCIL, f"{KENT}/?month=2019-08"),
    Picture("overview-phone", COUNCIL, f"{KENT}/?month=2019-08", PHONE, 1600),
    Picture("element", COUNCIL, f"{KENT}/elements/ehu/?month=2019-08"),
    Picture("figure", COUNCIL, f"{KENT}/figures/early-help-caseload/ehu/kent/2019-08/"),
    Picture("published", COUNCIL, f"{KENT}/published-figures/"),
    Picture("returns", PROVIDER, f"{KENT}/returns/"),
    Picture("version", COUNCIL, f"{KENT}/returns/2019-08/versions/1/"),
    Picture("two-caseloads", COUNCIL, f"{KENT}/reconciliation/2019-08/", tallest=2600),
    Picture("equality", COUNCIL, f"{KENT}/equality/?month=2019-08"),
    Picture("scorecard", COUNCIL, f"{KENT}/scorecard/"),
    Picture("notices", COUNCIL, f"{KENT}/notices/"),
    Picture("variation", COUNCIL, f"{KENT}/variations/1/", tallest=2600),
    Picture("money", FINANCE, f"{KENT}/money/?month=2019-08", tallest=2600),
)


def take_all(folder: Path, *, address: str, var: Path, say: Callable[[str], object]) -> None:
    """Take every picture into `folder`, of the portal at `address` (its state in `var`), else of one started for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with portal_at(address, var) as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for picture in PICTURES:
            page = page_for(browser, portal, picture.person, picture.width)
            page.goto(picture.address)
            save(page, folder / f"{picture.name}.png", tallest=picture.tallest)
            say(f"Took {picture.name}")
        page = page_for(browser, portal, PROVIDER, DESKTOP)
        upload_faulty_return(page)
        save(page, folder / "findings.png", tallest=TALLEST)
        say("Took findings")
        browser.close()


@contextmanager
def portal_at(address: str, var: Path) -> Iterator[Trial]:
    """The portal that runs at `address`; without one, a portal of its own that is stopped afterwards."""
    if address:
        yield Trial(address.rstrip("/"), passwords_in(var))
        return
    with tempfile.TemporaryDirectory(prefix="portal-") as state, running_trial(Path(state), os.environ) as trial:
        yield trial


def page_for(browser: Browser, portal: Trial, person: str, width: int) -> Page:
    """A window of that width in which the person has signed in."""
    context = browser.new_context(
        base_url=portal.url, viewport={"width": width, "height": HEIGHT}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Email").fill(person)
    page.get_by_role("textbox", name="Password").fill(portal.passwords[person])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()
    return page


def save(page: Page, path: Path, *, tallest: int) -> None:
    """Write the page as a picture once its charts are drawn."""
    page.wait_for_function(CHARTS_ARE_DRAWN)
    assert page.viewport_size is not None
    clip: FloatRect = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": tallest}
    page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")


def upload_faulty_return(page: Page) -> None:
    """Upload September's return with three faults in it, and see the findings."""
    page.goto(f"{KENT}/returns/upload/")
    file = {"name": "nelft-return-2019-09.xlsx", "mimeType": "application/octet-stream", "buffer": faulty_return()}
    page.get_by_label("Your return").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload by its keys
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", name="Check your return")).to_be_visible()


def faulty_return() -> bytes:
    """August's numbers as September's, with a text for a number, a sum that is wrong and a number below zero."""
    workbook = openpyxl.load_workbook(RETURNS / "nelft-return-2019-08.xlsx")
    changes: dict[tuple[str, str], datetime | str | int] = {
        ("Return", "B5"): datetime(2019, 9, 1),
        ("Return", "B7"): datetime(2019, 10, 11),
        ("Activity", "F3"): "about 100",
        ("Activity", "F5"): 45,
        ("Workforce", "D3"): -4,
    }
    for (sheet, cell), value in changes.items():
        workbook[sheet][cell] = value
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
