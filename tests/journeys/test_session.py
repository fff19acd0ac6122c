"""Coming in and going out."""

from playwright.sync_api import expect

from tests.journeys.looking import assert_well_made
from tests.journeys.people import KCC, PEOPLE, sign_in

OVERVIEW = "/agreements/KCC-CYPMHS-S76/"


def test_signing_out_ends_the_session(visit, portal):
    page = visit().page
    sign_in(page, PEOPLE[KCC], portal.passwords[PEOPLE[KCC]])
    kept = page.context.storage_state()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    # Neither this browser nor one that kept the cookie gets in again.
    for again in (page, visit(storage_state=kept).page):
        again.goto(OVERVIEW)
        expect(again.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_wrong_password_is_one_plain_error(visit):
    page = visit().page
    page.goto(OVERVIEW)
    page.get_by_label("Email").fill(PEOPLE[KCC])
    page.get_by_role("textbox", name="Password").fill("not the password of anybody")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in – Joint funding portal")
    errors = page.get_by_role("alert").get_by_role("listitem")
    expect(errors).to_have_count(1)
    expect(errors).to_contain_text("not correct")
    assert_well_made(page)
