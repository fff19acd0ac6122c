"""Every page, as each kind of person: no finding of axe, no sideways scroll, no complaint of the browser."""

import re

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Response, expect

from tests.journeys.addresses import (
    LEFT_OUT,
    OF_A_PERSON,
    OF_AN_ADMINISTRATOR,
    OF_AN_AGREEMENT,
    OPEN_TO_ANYONE,
    named_addresses,
    urls,
)
from tests.journeys.looking import assert_well_made
from tests.journeys.people import ADMINISTRATOR, AUDITOR, CCG, EDITOR, FINANCE, KCC, SECOND_FINANCE, SIGNATORY


def test_every_address_is_looked_at_or_left_out_for_a_reason():
    looked_at = OF_AN_AGREEMENT.keys() | OPEN_TO_ANYONE.keys() | OF_A_PERSON.keys() | OF_AN_ADMINISTRATOR.keys()
    assert looked_at | LEFT_OUT.keys() == named_addresses()
    assert looked_at & LEFT_OUT.keys() == set()


# The pages of an agreement that only some people open.
PROVIDERS, COMMISSIONERS, SEE_PAYMENTS = {EDITOR, SIGNATORY}, {KCC, CCG}, {KCC, CCG, AUDITOR, FINANCE, SECOND_FINANCE}
ONLY_FOR = {
    "return_upload": PROVIDERS,
    "nil_return": PROVIDERS,
    "version_ask": COMMISSIONERS,
    "variation_new": COMMISSIONERS,
    "what_if": SEE_PAYMENTS,
    "money_audit": SEE_PAYMENTS,
    "payments": SEE_PAYMENTS,
    "payment_detail": SEE_PAYMENTS,
    "payment_certify": {FINANCE, SECOND_FINANCE},
    "notices_suggested": SEE_PAYMENTS,
    "notice_ask": COMMISSIONERS,
    "decision_new": {KCC},
    "decision_edit": {KCC},
    "action_new": COMMISSIONERS,
    "meeting_new": COMMISSIONERS,
    "notice_serve": {CCG},
    "notice_decline": {CCG},
    "notice_take_back": COMMISSIONERS,
    "notice_move": {CCG},
    "notice_plan": PROVIDERS,
    "notice_milestone_done": PROVIDERS,
    "notice_milestone_outcome": {CCG},
    "notice_extend": PROVIDERS | {CCG},
    "notice_pause": PROVIDERS | {CCG},
    "statements": SEE_PAYMENTS,
    "statement": SEE_PAYMENTS,
}


def content_of(answer: Response) -> str:
    """What the page says between header and footer, without the token that differs each time."""
    text = answer.text()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text[text.index("<main") : text.index("</main>")])


@pytest.fixture(scope="module")
def well_made() -> set[str]:
    """Content that was looked at and found well made, so that what two people see alike is looked at once."""
    return set()


@pytest.mark.parametrize("person", [KCC, EDITOR, SIGNATORY, CCG, AUDITOR, FINANCE, SECOND_FINANCE])
def test_the_pages_of_an_agreement(visit_as, well_made, person):
    visit = visit_as(person)
    hidden: list[str] = []
    for url in urls(OF_AN_AGREEMENT):
        content = content_of(visit.open(url, hidden))
        if content not in well_made:
            assert_well_made(visit.page)
            well_made.add(content)
    kept_back = {name: OF_AN_AGREEMENT[name] for name in OF_AN_AGREEMENT if person not in ONLY_FOR.get(name, {person})}
    assert hidden == urls(kept_back)


@pytest.mark.parametrize("url", urls(OPEN_TO_ANYONE))
def test_the_pages_that_are_open_to_anyone(visit, url):
    page = visit().page
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_well_made(page)


@pytest.mark.parametrize("url", urls(OF_A_PERSON))
def test_the_pages_of_an_account(visit_as, url):
    page = visit_as(KCC).page
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_well_made(page)


@pytest.mark.parametrize("url", urls(OF_AN_ADMINISTRATOR))
def test_the_pages_of_an_administrator(visit_as, url):
    page = visit_as(ADMINISTRATOR).page
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_well_made(page)


@pytest.mark.parametrize(
    ("status", "address", "heading"),
    [
        (404, "/no-such-page/", "Page not found"),
        (404, "/agreements/NOT-OURS/", "Page not found"),
        (403, "/agreements/KCC-CYPMHS-S76/returns/upload/", "You may not see this page"),
    ],
)
def test_the_pages_of_what_cannot_be_shown(visit_as, status, address, heading):
    visit = visit_as(KCC)
    visit.expect_status(status, address)
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_well_made(visit.page)


def test_the_page_of_a_fault(visit):
    page = visit().page
    # No address fails on purpose, so the page that answers a fault is put in place of one that does not.
    page.route("**/fault/", lambda route: route.fulfill(content_type="text/html", body=render_to_string("500.html")))
    page.goto("/fault/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sorry, there is a problem")
    assert_well_made(page)
