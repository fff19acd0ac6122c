"""A payment on its way: certified by one person, tested, approved and paid by another, and taken back by both."""

from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_well_made
from tests.journeys.people import AUDITOR, FINANCE, KCC, SECOND_FINANCE

MONEY = "/agreements/KCC-CYPMHS-S76/money/"
# Before the first return: no page of another journey shows it.
MARCH = "2018-03"
ELEMENTS = ("Early Help", "KHNES", "LAC Priority Assessment", "Harmful Sexual Behaviour")


def certify(page: Page) -> str:
    """Certify March 2018 with a deduction of £1,000 by a notice; the address of the payment."""
    page.goto(f"{MONEY}payments/certify/{MARCH}/")
    page.get_by_text("For what a contract notice or a decision asks for").click()
    page.get_by_label("Element").select_option(label="Kent Health Needs Education Service")
    page.get_by_label("Deduction", exact=True).check()
    page.get_by_label("What it rests on").select_option(label="Contract notice")
    page.get_by_label("Reference of the notice").fill("CPN 3")
    page.get_by_label("Amount (£)").fill("-1000")
    page.get_by_label("Reason", exact=True).fill("No plan was agreed")
    page.get_by_role("button", name="Work the sum out again").click()
    expect(page.get_by_role("alert")).to_contain_text("without a minus")
    assert_well_made(page)
    page.get_by_label("Amount (£)").fill("£1,000")
    page.get_by_role("button", name="Work the sum out again").click()
    page.get_by_label("I have checked these amounts").check()
    # March takes the pence that eleven twelfths leave over: eight more than any other month.
    page.get_by_role("button", name="Certify £220,416.74").click()
    expect(page.get_by_text("£220,416.74 is certified for March 2018.")).to_be_visible()
    return page.url


def pass_the_test(page: Page) -> None:
    """Answer for every element, once without and once with the reasons."""
    for element in ELEMENTS:
        page.get_by_role("row", name=element).get_by_label("Yes").check()
    page.get_by_role("button", name="Record the test").click()
    expect(page.get_by_role("alert")).to_contain_text("Give your reasons and evidence")
    assert_well_made(page)
    page.get_by_label("Reasons and evidence").fill("The council has no such service at this price.")
    page.get_by_role("button", name="Record the test").click()
    expect(page.get_by_text("The statutory test is recorded.")).to_be_visible()


def test_a_payment_from_certificate_to_counter_entry(visit_as):
    certifier, approver = visit_as(FINANCE).page, visit_as(SECOND_FINANCE).page
    address = certify(certifier)
    assert_well_made(certifier)

    # The other person records the test; the certifier is told that the approval is not theirs.
    approver.goto(address)
    pass_the_test(approver)
    certifier.goto(address)
    expect(certifier.get_by_text("You certified this payment, so somebody else approves it.")).to_be_visible()
    expect(certifier.get_by_role("button", name="Approve")).to_have_count(0)

    # Approved in one tab, it cannot be approved once more in another that still shows the form.
    late = approver.context.new_page()
    late.goto(address)
    for page in (approver, late):
        page.get_by_label("I have checked the amounts").check()
        page.get_by_role("button", name="Approve £220,416.74").click()
    expect(approver.get_by_text("is approved. It can be sent to the ledger now.")).to_be_visible()
    expect(late.get_by_text("Nothing was changed.")).to_be_visible()
    assert_well_made(approver)

    # Sent, and paid under a reference that no other payment has.
    approver.get_by_role("button", name="Record that it was sent").click()
    approver.get_by_label("Reference in the ledger").fill("KCC-000101")
    approver.get_by_role("button", name="Record as paid").click()
    expect(approver.get_by_role("alert")).to_contain_text("The reference KCC-000101 is that of payment 1")
    assert_well_made(approver)
    approver.get_by_label("Reference in the ledger").fill("KCC-000099")
    approver.get_by_role("button", name="Record as paid").click()
    expect(approver.get_by_text("is recorded as paid, with reference KCC-000099.")).to_be_visible()
    assert_well_made(approver)

    # Taken back: a counter-entry by one person, approved by the other.
    approver.get_by_text("Take this payment back").click()
    approver.get_by_label("Why you take it back").fill("Paid to the wrong account")
    approver.get_by_role("button", name="Make the counter-entry").click()
    expect(approver.get_by_text("You certified this payment, so somebody else approves it.")).to_be_visible()
    certifier.goto(approver.url)
    certifier.get_by_label("I have checked the amounts").check()
    certifier.get_by_role("button", name="Approve −£220,416.74").click()
    assert_well_made(certifier)

    # Everybody who sees payments reads what came of it; the auditor with the whole of what happened.
    council, auditor = visit_as(KCC).page, visit_as(AUDITOR).page
    council.goto(address)
    expect(council.get_by_role("main")).to_contain_text("Reversed")
    expect(council.get_by_role("button", name="Approve")).to_have_count(0)
    auditor.goto(f"{MONEY}audit/")
    expect(auditor.get_by_role("main")).to_contain_text("Paid to the wrong account")
