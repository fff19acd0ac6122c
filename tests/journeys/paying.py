"""What finance does with a month's payment at their browsers, as far as another journey needs it."""

from playwright.sync_api import Page, expect

MONEY = "/agreements/KCC-CYPMHS-S76/money/"


def certify(page: Page, month: str, item: str, to_pay: str) -> str:
    """Certify a month's payment with `item`, the only one worked out, as it is proposed; the payment's address."""
    page.goto(f"{MONEY}payments/certify/{month}/")
    items = page.get_by_role("group", name="Which of them are taken").get_by_role("checkbox")
    expect(items).to_have_count(1)
    expect(items).to_be_checked()
    expect(page.get_by_role("checkbox", name=item, exact=True)).to_be_checked()
    page.get_by_label("I have checked these amounts").check()
    page.get_by_role("button", name=f"Certify {to_pay}").click()
    expect(page.get_by_text(f"{to_pay} is certified for")).to_be_visible()
    return page.url


def approve(page: Page, address: str, to_pay: str) -> None:
    """Record the statutory test of a payment that somebody else certified, and approve it."""
    page.goto(address)
    for element in page.get_by_label("Yes").all():
        element.check()
    page.get_by_label("Reasons and evidence").fill("The council has no such service at this price.")
    page.get_by_role("button", name="Record the test").click()
    expect(page.get_by_text("The statutory test is recorded.")).to_be_visible()
    page.get_by_label("I have checked the amounts").check()
    page.get_by_role("button", name=f"Approve {to_pay}").click()
    expect(page.get_by_text("is approved. It can be sent to the ledger now.")).to_be_visible()
