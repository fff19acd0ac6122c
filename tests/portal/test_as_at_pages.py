"""The overview, an element and a figure as they were known at an earlier moment."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.audit import CONSOLE
from contracts.changes import TermsChange
from contracts.models import Indicator, Role, Target
from performance.actions.deciding import accept, send_back, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.actions.terms import state_need_of
from performance.models import Figure, StepChange, Version
from performance.recompute import work_off
from performance.returns_held import HeldReturn, returns_held
from tests.hostile_files.build import Changes, workbook_with
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
ELEMENT = f"{HERE}elements/ehu/"
FIGURE = f"{HERE}figures/early-help-caseload/ehu/kent/2019-08/"
LIAISONS = f"{HERE}figures/early-help-liaisons/ehu/kent/2019-08/"
PAGES = [HERE, ELEMENT, FIGURE]
BEFORE = DEMO_MOMENT.isoformat().replace("+", "%2B")
CORRECTED_AT = DEMO_MOMENT + timedelta(minutes=10)
# One of them is for what variations signed since then did.
BUDGET_OF_THE_OVERVIEW = 17


@pytest.fixture
def reader(loaded: Kent) -> Client:
    caches["pages"].clear()
    return visitor(loaded, Role.COUNCIL_COMMISSIONER)


@pytest.fixture(autouse=True)
def on_the_next_day(settings: Settings) -> None:
    """The demo's day itself is past."""
    settings.PORTAL_TODAY = date(2019, 10, 18)


def hand_in(kent: Kent, at: datetime, changes: Changes) -> Version:
    """A version of August that is signed off."""
    judged = judge(ReceivedFile(workbook_with(changes), "correction.xlsx"), on=at.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked").version
    assert version is not None, judged.findings
    return sign_off(version, by=CONSOLE, at=at)


@pytest.fixture
def corrected(loaded: Kent) -> Kent:
    """Kent after a correction of August that moves the liaisons, and a target of 400 for the caseload."""
    accept(
        hand_in(loaded, CORRECTED_AT, {("Activity", "D4"): 130, ("Activity", "F4"): 221}), by=CONSOLE, at=CORRECTED_AT
    )
    target = Target.objects.get(indicator__code="early-help-caseload")
    target.value = Decimal(400)
    target.save()
    state_need_of(TermsChange(loaded.agreement, target.in_force_from, "The target changed", CONSOLE, CORRECTED_AT))
    work_off(loaded.agreement)
    return loaded


def links(answer) -> set[str]:
    """The addresses that a page links to."""
    return {unescape(found) for found in re.findall(r'href="([^"]+)"', answer.content.decode())}


def test_the_overview_of_then_and_of_now(corrected: Kent, reader: Client) -> None:
    then, now = text_of(reader.get(f"{HERE}?as-at={BEFORE}")), text_of(reader.get(HERE))
    assert "As known on 17 October 2019 at 9:30am" in then
    assert "children , target 300" in then
    assert "August 2019, version 1 , accepted 18 September" in then
    assert "As known on" not in now
    assert "children , target 400" in now
    assert "August 2019, version 2 , accepted 17 October" in now


def test_the_element_of_then_and_of_now(corrected: Kent, reader: Client) -> None:
    then, now = text_of(reader.get(f"{ELEMENT}?as-at={BEFORE}")), text_of(reader.get(ELEMENT))
    assert "191 target 300" in then
    assert "Liaisons 114 91 205" in then
    assert "191 target 400" in now
    assert "Liaisons 130 91 221" in now


def test_the_figure_of_then_and_of_now(corrected: Kent, reader: Client) -> None:
    then, now = text_of(reader.get(f"{LIAISONS}?as-at={BEFORE}")), text_of(reader.get(LIAISONS))
    assert "205 contacts" in then
    assert "still shown on 17 October 2019 at 9:30am" in then
    assert "August 2019, version 1 Accepted" in then
    assert "221" not in then
    assert "Replaced by" not in then
    assert "221 contacts" in now
    assert "The return was corrected" in now


def test_the_days_end_is_after_what_happened_on_it(corrected: Kent, reader: Client) -> None:
    assert "221 contacts" in text_of(reader.get(f"{LIAISONS}?as-at=2019-10-17"))
    assert "205 contacts" in text_of(reader.get(f"{LIAISONS}?as-at={BEFORE}"))
    today = text_of(reader.get(f"{LIAISONS}?as-at=2019-10-18"))
    assert "221 contacts" in today
    assert "As known on" not in today


def test_a_look_back_is_neither_served_from_the_kept_page_nor_kept(corrected: Kent, reader: Client) -> None:
    now = text_of(reader.get(HERE))
    then = text_of(reader.get(f"{HERE}?as-at={BEFORE}"))
    assert "target 300" in then
    assert text_of(reader.get(HERE)) == now
    caches["pages"].clear()
    assert text_of(reader.get(f"{HERE}?as-at={BEFORE}")) == then
    assert text_of(reader.get(HERE)) == now


def test_links_between_the_pages_keep_the_moment(loaded: Kent, reader: Client) -> None:
    query = "as-at=2019-10-17"
    overview = links(reader.get(f"{HERE}?{query}"))
    assert f"{ELEMENT}?month=2019-08&{query}" in overview
    assert f"{FIGURE}?{query}" in overview
    assert f"{HERE}elements/hsb/?{query}" in overview
    element = links(reader.get(f"{ELEMENT}?{query}"))
    assert {f"{HERE}?{query}", f"{FIGURE}?{query}"} <= element
    figure = links(reader.get(f"{FIGURE}?{query}"))
    assert {f"{HERE}?{query}", f"{ELEMENT}?{query}"} <= figure
    assert any("cost-per-case" in link and link.endswith(query) for link in figure)


def test_a_moment_with_an_offset_survives_its_links(corrected: Kent, reader: Client) -> None:
    page = reader.get(f"{HERE}?as-at={BEFORE}")
    link = next(link for link in links(page) if link.startswith(f"{HERE}figures/early-help-caseload/ehu/"))
    assert "As known on 17 October 2019 at 9:30am" in text_of(reader.get(link))


@pytest.mark.parametrize("path", [HERE, ELEMENT])
def test_both_forms_keep_what_the_other_asks(loaded: Kent, reader: Client, path: str) -> None:
    said = reader.get(f"{path}?month=2019-07&as-at=2019-10-16").content.decode()
    assert '<input type="hidden" name="as-at" value="2019-10-16">' in said
    assert '<input type="hidden" name="month" value="2019-07">' in said
    assert 'value="2019-10-16" max="2019-10-18"' in said
    assert 'href="?month=2019-07"' in said


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("asked", ["2019-10-19", "yesterday", "2019-02-30", "<b>x</b>", "x" * 3000])
def test_what_cannot_be_looked_back_to_is_said_at_the_form(loaded: Kent, reader: Client, path: str, asked: str) -> None:
    answer = reader.get(path, {"as-at": asked})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert '<a href="#as-at">' in said
    assert 'id="as-at-error"' in said
    assert "<title>Error: " in said
    assert "<b>x" not in said
    assert "As known on" not in said
    now = reader.get(path).content.decode()
    heading = re.search(r"<h1.*?</h1>", now, re.S)
    assert heading is not None
    assert heading[0] in said


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (HERE, "Nothing was known of August 2019 on 1 January 2018."),
        (ELEMENT, "Nothing was known of Support to Early Help Units in August 2019 on 1 January 2018."),
        (FIGURE, "On 1 January 2018 it was not known. It was first worked out on 17 October 2019 at 9:30am."),
    ],
)
def test_before_anything_was_known_the_page_says_so(loaded: Kent, reader: Client, path: str, sentence: str) -> None:
    answer = reader.get(f"{path}?month=2019-08&as-at=2018-01-01")
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert reader.get(f"{path}?as-at=1066-10-14").status_code == 200


def test_a_figure_that_never_was_is_not_there(loaded: Kent, reader: Client) -> None:
    assert reader.get(f"{HERE}figures/early-help-caseload/ehu/kent/2031-08/?as-at=2019-10-16").status_code == 404
    assert reader.get(f"{HERE}figures/no-such-thing/ehu/kent/2019-08/?as-at=2019-10-16").status_code == 404


def test_what_needed_attention_then(loaded: Kent, reader: Client) -> None:
    def waits_for(query: str) -> str:
        return text_of(reader.get(f"{HERE}{query}")).partition("Needs attention")[2]

    sent_at = CORRECTED_AT + timedelta(minutes=5)
    waiting = hand_in(loaded, CORRECTED_AT, {("Activity", "D4"): 130, ("Activity", "F4"): 221})
    send_back(waiting, by=CONSOLE, at=sent_at, reason="Which week is missing?")
    september = "The September 2019 return has not been signed off"
    assert september not in waits_for("?as-at=2019-10-14")
    assert f"1 day late {september}" in waits_for("?as-at=2019-10-15")
    assert "version 2, waits for acceptance" not in waits_for("?as-at=2019-10-16")
    assert "version 2, waits for acceptance" in waits_for(f"?as-at={CORRECTED_AT:%Y-%m-%dT%H:%M}")
    assert "version 2, waits for acceptance" not in waits_for(f"?as-at={sent_at:%Y-%m-%dT%H:%M}")


def test_the_returns_held_then(loaded: Kent) -> None:
    first = hand_in(loaded, CORRECTED_AT, {("Activity", "D4"): 130, ("Activity", "F4"): 221})
    accepted_at = CORRECTED_AT + timedelta(minutes=5)
    accept(first, by=CONSOLE, at=accepted_at)

    def august(as_at: datetime | None) -> tuple[int | None, int | None, datetime | None]:
        held: HeldReturn = next(
            one for one in returns_held(loaded.agreement, as_at).returns if one.month == date(2019, 8, 1)
        )
        return held.waiting, held.accepted, held.accepted_at

    accepted_first = datetime(2019, 9, 18, 15, 40, tzinfo=LONDON)
    assert august(accepted_first - timedelta(microseconds=1)) == (1, None, None)
    assert august(datetime(2019, 9, 1, tzinfo=LONDON)) == (None, None, None)
    assert august(accepted_first) == (None, 1, accepted_first)
    assert august(CORRECTED_AT) == (2, 1, accepted_first)
    assert august(accepted_at - timedelta(microseconds=1)) == (2, 1, accepted_first)
    assert august(accepted_at) == august(None) == (None, 2, accepted_at)


def test_a_step_change_recorded_later_does_not_move_the_limits_of_then(loaded: Kent, reader: Client) -> None:
    before = text_of(reader.get(f"{ELEMENT}?as-at={BEFORE}"))
    StepChange.objects.create(
        indicator=Indicator.objects.get(code="early-help-caseload"),
        month=date(2018, 12, 1),
        reason="A second team began",
        recorded_by=loaded.people[Role.AUDITOR],
        recorded_at=CORRECTED_AT,
    )
    assert text_of(reader.get(f"{ELEMENT}?as-at={BEFORE}")) == before
    assert "December 2018" in text_of(reader.get(ELEMENT)).partition("step")[2]


@pytest.mark.parametrize("path", [ELEMENT, LIAISONS])
def test_a_page_of_then_says_what_it_said_then(loaded: Kent, reader: Client, path: str) -> None:
    def content(answer) -> str:
        """From the page's heading on, without the moment that a look back adds to links and sentences."""
        said = answer.content.decode().partition("<h1")[2]
        return re.sub(r"[?&](amp;)?as-at=[^\"&]+", "", said).replace(" on 17 October 2019 at 9:30am", "")

    shown = content(reader.get(path))
    changes = {("Activity", "D4"): 130, ("Activity", "F4"): 221, ("Open book", "C2"): 47000}
    accept(hand_in(loaded, CORRECTED_AT, changes), by=CONSOLE, at=CORRECTED_AT)
    work_off(loaded.agreement)
    assert content(reader.get(path)) != shown
    assert content(reader.get(f"{path}?as-at={BEFORE}")) == shown


def test_what_papers_say_is_held_against_the_figures_of_then(loaded: Kent, reader: Client) -> None:
    then, now = (text_of(reader.get(f"{HERE}?month=2019-08{query}")) for query in ("&as-at=2018-01-01", ""))
    assert "the paper says 1.3%" in now
    assert "the paper says" not in then


def test_a_look_back_changes_nothing_and_asks_as_little(corrected: Kent, reader: Client) -> None:
    rows = Figure.objects.count()
    with CaptureQueriesContext(connection) as asked:
        reader.get(f"{HERE}?as-at=2019-10-16")
    assert len(asked) <= BUDGET_OF_THE_OVERVIEW
    assert Figure.objects.count() == rows
