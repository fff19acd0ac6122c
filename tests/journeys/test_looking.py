"""The checks that every page is put to can fail."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_well_made

GUIDE = "/how-figures-are-worked-out/"


@pytest.fixture
def guide(visit) -> Page:
    """A page to spoil."""
    page: Page = visit().page
    page.goto(GUIDE)
    return page


def test_a_picture_without_words_is_found(guide):
    guide.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_well_made(guide)


def test_a_part_that_is_too_wide_is_found(guide):
    guide.evaluate("document.querySelector('h1').style.width = '340px'")
    with pytest.raises(AssertionError, match=r"needs .* pixels at 320"):
        assert_well_made(guide)


def test_a_script_that_the_policy_refuses_is_noted(visit):
    spoilt = visit()
    spoilt.page.goto(GUIDE)
    spoilt.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    expect(spoilt.page.get_by_role("heading", level=1)).to_be_visible()
    assert spoilt.page.evaluate("window.ran") is None
    assert [one for one in spoilt.complaints if "Content Security Policy" in one] != []
    spoilt.complaints.clear()
