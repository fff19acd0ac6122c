"""A KCC commissioner reads what the council's money bought, down to the cell that a number stands in."""

from playwright.sync_api import expect

from tests.journeys.people import KCC, PEOPLE, choose_month, sign_in


def test_a_commissioner_follows_a_number_to_its_cell(visit, portal):
    page = visit().page
    sign_in(page, PEOPLE[KCC], portal.passwords[PEOPLE[KCC]])
    choose_month(page, "August 2019")
    expect(page.get_by_role("heading", level=1)).to_contain_text("One of four funded elements meets its target.")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Support to Early Help Units")).first
    expect(row).to_contain_text("target 300")

    row.get_by_role("link", name="191", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("191 children")
    expect(page.get_by_text("Activity, F2").first).to_be_visible()
    expect(page.locator(".sheet__cell")).to_have_text("191")
    expect(page.get_by_role("link", name="August 2019, version 1").first).to_be_visible()


def test_a_commissioner_reads_an_element_and_its_chart(visit_as):
    page = visit_as(KCC).page
    page.goto("/")
    choose_month(page, "August 2019")
    page.get_by_role("link", name="Support to Early Help Units").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Support to Early Help Units")
    chart = page.locator("#trend")
    expect(chart.locator("svg.main-svg").first).to_be_visible()

    table = chart.get_by_role("table")
    expect(table).to_be_hidden()
    chart.get_by_text("Show the chart as a table").click()
    expect(table).to_be_visible()
    # Seventeen months and the row of headings.
    expect(table.get_by_role("row")).to_have_count(18)
    expect(table.get_by_role("row").last).to_contain_text("August 2019")
    expect(table.get_by_role("row").last).to_contain_text("191")

    choose_month(page, "April 2019")
    assert page.url.endswith("?month=2019-04")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    expect(page.locator("#trend").get_by_role("row", include_hidden=True).last).to_contain_text("April 2019")


def test_a_commissioner_sees_where_a_paper_and_the_returns_differ(visit_as):
    page = visit_as(KCC).page
    page.goto("/")
    page.get_by_role("link", name="Published figures", exact=True).click()
    for stated, ours in (("1.3", "1.4%"), ("8", "7.3%")):
        row = page.get_by_role("row").filter(has_text=ours)
        expect(row).to_have_count(1)
        expect(row.locator("[data-label='The paper says']")).to_contain_text(stated)
