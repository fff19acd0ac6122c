"""What needs attention: each source tells its own, to those who may see it, and a kept page never tells another's."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from contracts.actions.notices import serve_notice
from contracts.audit import Actor
from contracts.models import Role
from contracts.permissions import Permission
from cypmhs_portal.dashboards.attention import SOURCES
from tests.decisions import agreed as an_action
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import asked_notice
from tests.performance.two_caseloads import held_against_each_other
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
SEES_REQUESTS = {Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.COORDINATING_COMMISSIONER, Role.AUDITOR}
READERS = set(Role) - {Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["pages"].clear()


def told(client: Client, query: str = "") -> str:
    """The list of the overview."""
    return text_of(client.get(f"{HERE}{query}")).partition("Needs attention")[2]


def test_every_source_states_whose_it_is() -> None:
    assert {one.permission for one in SOURCES} <= set(Permission)
    assert len({one.source for one in SOURCES}) == len(SOURCES)


def test_an_overdue_action_is_told_with_its_owner(loaded: Kent) -> None:
    said = told(visitor(loaded, Role.ASSOCIATE_COMMISSIONER))
    assert "13 days over Commission a financial audit" in said
    assert "Use open-book accounting" not in said, "its day is still to come"


def test_a_notice_asked_for_is_told_to_those_who_may_see_requests_alone(loaded: Kent) -> None:
    asked_notice(loaded)
    # In both orders: the page that was kept for one sight is never shown to another.
    for roles in (sorted(READERS), sorted(READERS, reverse=True)):
        caches["pages"].clear()
        seen = {role for role in roles if "Asked for" in told(visitor(loaded, Role(role)))}
        assert seen == SEES_REQUESTS


def test_a_clock_is_told_when_it_is_due_soon_and_when_it_is_over(loaded: Kent, settings) -> None:
    notice = asked_notice(loaded)
    helen = Actor.person(loaded.people[Role.COORDINATING_COMMISSIONER])
    serve_notice(notice, served_on=DEMO_DAY, by=helen, at=DEMO_MOMENT)
    due = notice.clocks.get().due_on
    nelft = visitor(loaded, Role.PROVIDER_EDITOR)
    title = str(type(notice).objects.get(pk=notice.pk))

    def on(day: date) -> str:
        """The words before it in the list; its tag is the last of them."""
        settings.PORTAL_TODAY = day
        said = told(nelft)
        return said.partition(title)[0].strip() if title in said else ""

    assert on(DEMO_DAY) == ""
    assert on(due).endswith("Due today")
    assert on(due + timedelta(days=7)).endswith("days over")


def test_an_action_that_is_written_down_shows_at_once(loaded: Kent) -> None:
    reader = visitor(loaded, Role.AUDITOR)
    assert "Report by area" not in told(reader)
    an_action(loaded, due_on=DEMO_DAY - timedelta(days=1))
    assert "1 day over Report by area" in told(reader)


def test_disputed_months_are_told(loaded: Kent) -> None:
    held_against_each_other(loaded, date(2019, 7, 1))
    assert "The two caseloads of July 2019 differ" in told(visitor(loaded, Role.AUDITOR))


def test_a_look_back_tells_what_has_a_history(loaded: Kent) -> None:
    asked_notice(loaded)
    said = told(visitor(loaded, Role.COUNCIL_COMMISSIONER), "?as-at=2019-10-15")
    assert "September 2019 return has not been signed off" in said
    assert "Asked for" not in said
    assert "financial audit" not in said
