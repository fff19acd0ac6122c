"""Everything can be reached and used with the keys alone."""

from playwright.sync_api import Page, expect

from tests.journeys.people import KCC

MOST_STOPS = 40


def focused(page: Page, name: str) -> str:
    """A property of the element that has the focus."""
    return str(page.evaluate(f"document.activeElement.{name}"))


def test_the_month_is_changed_with_the_keys_alone(visit_as):
    page = visit_as(KCC).page
    page.goto("/agreements/KCC-CYPMHS-S76/?month=2019-08")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()

    stops = 0
    while focused(page, "id") != "month":
        page.keyboard.press("Tab")
        stops += 1
        assert stops < MOST_STOPS, "the month picker is never reached"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main .govuk-caption-l").first).to_have_text("July 2019")


def test_every_stop_of_the_tab_key_shows_where_it_is(visit_as):
    page = visit_as(KCC).page
    page.goto("/agreements/KCC-CYPMHS-S76/?month=2019-08")
    stops = page.locator("a[href]:visible, button:visible, select:visible, input:visible, summary:visible").count()
    assert stops > 0
    for _ in range(stops):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                // The day, the month and the year of a date are stops of their own: the browser marks each of them.
                if (document.activeElement.type === "date") return "";
                const one = document.activeElement, style = getComputedStyle(one);
                const isMarked = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return one !== document.body && isMarked ? "" : one.outerHTML.slice(0, 200);
            }"""
        )
        assert shown == ""
