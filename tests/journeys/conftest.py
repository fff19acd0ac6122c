"""One real portal for all journeys, and people who are signed in to it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from cypmhs_portal.launch.trial import Trial, running_trial
from tests.journeys.people import PEOPLE, Visit, sign_in

DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def portal() -> Iterator[Trial]:
    """`manage.py run` in a state folder of its own: embedded servers, the demo, gunicorn, worker and beat.

    Not tmp_path: any other pytest session closes that tree to root's stand-in when it starts.
    """
    with (
        tempfile.TemporaryDirectory(prefix="cypmhs-journeys-") as folder,
        running_trial(Path(folder) / "var", os.environ) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def browser_context_args(portal: Trial) -> dict[str, Any]:
    """Every context opens the portal's addresses, on a desktop, in British English."""
    return {"base_url": portal.url, "viewport": DESKTOP, "locale": "en-GB"}


@pytest.fixture(scope="session")
def kept_sessions() -> dict[str, StorageState]:
    """The cookies of people who signed in before, so that each signs in once."""
    return {}


Open = Callable[..., Visit]


@pytest.fixture
def visit(new_context: Callable[..., Any], portal: Trial) -> Iterator[Open]:
    """Open a browser that knows nobody. At the end, no page may have complained in its console."""
    visits = []

    def opened(**options: Any) -> Visit:
        visits.append(Visit(new_context(**options).new_page()))
        return visits[-1]

    yield opened
    assert [complaint for one in visits for complaint in one.complaints] == []


@pytest.fixture
def visit_as(
    visit: Open, portal: Trial, browser: Browser, kept_sessions: dict[str, StorageState]
) -> Callable[..., Visit]:
    """Open a browser in which a person of `PEOPLE` is signed in."""

    def opened(person: str, **options: Any) -> Visit:
        if person not in kept_sessions:
            with browser.new_context(base_url=portal.url) as context:
                sign_in(context.new_page(), PEOPLE[person], portal.passwords[PEOPLE[person]])
                kept_sessions[person] = context.storage_state()
        return visit(storage_state=kept_sessions[person], **options)

    return opened
