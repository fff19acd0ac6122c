"""What must hold for every page in every state: axe finds nothing, and no width scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
DESKTOP, PHONE = 1280, 360
# 1280 pixels at 400 % zoom.
ZOOMED = 320
HEIGHT = 900
# Every chart is drawn, and as wide as the place it has. Drawing follows a page's load and its resizing.
CHARTS_ARE_DRAWN = """() => [...document.querySelectorAll("[data-chart]")].every(plot => {
    const drawing = plot.querySelector("svg.main-svg");
    return drawing && Math.abs(drawing.getBoundingClientRect().width - plot.clientWidth) < 1;
})"""


def assert_well_made(page: Page) -> None:
    """axe finds nothing at desktop and phone width; at neither, nor at 400 % zoom, does the page scroll sideways."""
    for width in (ZOOMED, PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.wait_for_function(CHARTS_ARE_DRAWN)
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{page.url} needs {needed} pixels at {width}: {widest(page, width)}"
        if width != ZOOMED:
            found = AXE.run(page)
            assert found.violations_count == 0, f"{page.url} at {width}: {found.generate_report()}"


def widest(page: Page, width: int) -> list[str]:
    """The innermost elements that stand out on the right, to name the culprit."""
    named: list[str] = page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
            .filter(one => one.getBoundingClientRect().right > width + 0.5)
            .filter(one => ![...one.children].some(child => child.getBoundingClientRect().right > width + 0.5))
            .slice(0, 5).map(one => one.outerHTML.slice(0, 160))""",
        width,
    )
    return named
