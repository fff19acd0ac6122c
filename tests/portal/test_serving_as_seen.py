"""Serving a notice with the figures that who serves it saw: shown first, and shown anew where they changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from contracts.actions.notices import AskedNotice, ask_for_notice
from contracts.levers.quoted import QuotedFigure
from contracts.models import Notice, Role
from performance.models import Figure
from performance.quoting import FigureKey, quote
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notice_visits import COMMISSIONER, day_sent, page_of
from tests.notices import acting, kind_of
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
JUNE, AUGUST = date(2019, 6, 1), date(2019, 8, 1)
CASELOAD, STAFF = "early-help-caseload", "staff-in-post"
CHANGED = "The figures changed after you looked at them. Nothing was recorded"


@pytest.fixture
def commissioner(loaded: Kent) -> Client:
    return visitor(loaded, COMMISSIONER)


def asked_with(kent: Kent, *indicators: str) -> Notice:
    """A notice that KCC asked for an hour before the demo's moment, with figures of August as they were known."""
    keys = [FigureKey(indicator, "ehu", "kent", AUGUST) for indicator in indicators]
    figures: tuple[QuotedFigure, ...] = quote(kent.agreement, keys, at=DEMO_MOMENT)
    asked = AskedNotice(kind_of(kent), "Early Help caseload", "Below target", kent.agreement.elements.get(code="ehu"))
    by = acting(kent, Role.COUNCIL_COMMISSIONER)
    return ask_for_notice(kent.agreement, asked=asked, evidence=figures, by=by, at=DEMO_MOMENT - timedelta(hours=1))


def correct(month: date, caseload: int | None) -> None:
    """The caseload of a month becomes another figure, as after a corrected return; none where it is None."""
    known = Figure.objects.get(indicator__code=CASELOAD, area__code="kent", month=month, known_until=None)
    later = DEMO_MOMENT + timedelta(hours=1)
    Figure.objects.filter(pk=known.pk).update(known_until=later)
    if caseload is not None:
        known.pk, known.known_from, known.value = None, later, Decimal(caseload)
        known.save(force_insert=True)


def sent(client: Client, notice: Notice, **said: str):
    """What the page of service answers to its form."""
    return client.post(page_of(notice, "service/"), {"stage": "asked", **day_sent(DEMO_DAY), **said}, follow=True)


def seen(answer) -> str:
    """What tells the portal which figures the page showed."""
    return str(answer.context["step"].quotes.seen)


def quoted_at_service(notice: Notice) -> dict[str, Decimal | None]:
    return dict(notice.evidence.filter(occasion="served").values_list("indicator_code", "value"))


def test_the_figures_are_shown_as_they_will_be_quoted_before_it_is_served(commissioner: Client, loaded: Kent) -> None:
    notice = asked_with(loaded, CASELOAD)
    correct(AUGUST, 250)
    answer = sent(commissioner, notice)
    page = text_of(answer)
    assert "Figures that the notice will quote" in page
    assert "Early Help caseload, Kent, August 2019" in page
    assert "250 children" in page
    assert "191 children" not in page
    assert "is served." in text_of(sent(commissioner, notice, step="confirm", seen=seen(answer)))
    assert quoted_at_service(notice) == {CASELOAD: Decimal(250)}


@pytest.mark.parametrize("month", [AUGUST, JUNE])
def test_figures_that_changed_meanwhile_are_shown_anew(commissioner: Client, loaded: Kent, month: date) -> None:
    """The month itself, or one of those before it that its chart shows."""
    notice = asked_with(loaded, CASELOAD)
    was_seen = seen(sent(commissioner, notice))
    correct(month, 250)
    answer = sent(commissioner, notice, step="confirm", seen=was_seen)
    assert CHANGED in text_of(answer)
    assert "<title>Error: Check and confirm" in " ".join(answer.content.decode().split())
    assert Notice.objects.get(pk=notice.pk).stage == "asked"
    assert not quoted_at_service(notice)
    sent(commissioner, notice, step="confirm", seen=seen(answer))
    assert Notice.objects.get(pk=notice.pk).was_served
    assert quoted_at_service(notice) == {CASELOAD: Decimal(250 if month == AUGUST else 191)}


def test_nobody_serves_without_having_seen(commissioner: Client, loaded: Kent) -> None:
    notice = asked_with(loaded, CASELOAD)
    assert CHANGED in text_of(sent(commissioner, notice, step="confirm"))
    assert not Notice.objects.get(pk=notice.pk).was_served


def test_a_figure_that_is_not_quoted_any_more_is_named(commissioner: Client, loaded: Kent) -> None:
    notice = asked_with(loaded, CASELOAD, STAFF)
    correct(AUGUST, None)
    page = text_of(sent(commissioner, notice))
    assert "rests on small counts now: Early Help caseload, Kent, August 2019." in page
    assert "191 children" not in page


def test_where_none_can_be_quoted_it_goes_out_with_those_it_was_asked_for_with(
    commissioner: Client, loaded: Kent
) -> None:
    notice = asked_with(loaded, CASELOAD)
    correct(AUGUST, None)
    answer = sent(commissioner, notice)
    assert "None of the figures it was asked for with can be quoted as it is known now" in text_of(answer)
    assert "191 children" in text_of(answer)
    assert "is served." in text_of(sent(commissioner, notice, step="confirm", seen=seen(answer)))


def test_a_notice_without_figures_says_so(commissioner: Client, loaded: Kent) -> None:
    notice = asked_with(loaded)
    assert "No figure is quoted." in text_of(sent(commissioner, notice))
    assert "is served." in text_of(sent(commissioner, notice, step="confirm"))
