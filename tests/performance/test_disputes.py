"""Which months are disputed, counted from the rows: now, and as it was known then."""

from datetime import date, timedelta

import pytest

from contracts.models import Role
from performance.actions.explaining import answer, explain
from performance.disputes import differences_known, month_disputes
from performance.models import Difference
from performance.reconciliation import Kind
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import AUGUST, held_against_each_other, keys, not_available, standing

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 1)
LATER = DEMO_MOMENT + timedelta(hours=1)
LATEST = DEMO_MOMENT + timedelta(hours=2)
SIGNED, SENT_BACK, UNANSWERED = True, False, None


def said(kent: Kent, rows: list[Difference], is_signed: bool | None, figure: int | None = None) -> None:
    """The provider's explanation of some differences with what the council made of it."""
    one = explain(
        kent.agreement,
        rows[0].month,
        differences=keys(rows),
        text="Counted a day later",
        agreed_figure=figure,
        by=standing(kent, Role.PROVIDER_EDITOR),
        at=LATER,
    )
    if is_signed is not None:
        council = standing(kent, Role.COUNCIL_COMMISSIONER)
        answer(one, is_signed=is_signed, reason="Not so", by=council, at=LATEST)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([], "to explain"),
        ([UNANSWERED], "waiting"),
        ([SENT_BACK], "to explain"),
        ([SIGNED], "signed"),
        ([SENT_BACK, SENT_BACK], "to explain"),
        ([SENT_BACK, UNANSWERED], "waiting"),
        ([UNANSWERED, SENT_BACK], "waiting"),
        ([SENT_BACK, SIGNED], "signed"),
        ([UNANSWERED, SIGNED], "signed"),
        ([UNANSWERED, SENT_BACK, SIGNED], "signed"),
    ],
)
def test_how_a_difference_stands(kent: Kent, answers: list[bool | None], status: str) -> None:
    rows = held_against_each_other(kent, counted={(Kind.COUNCIL_ONLY, "east-kent"): 2})
    for is_signed in answers:  # Signed last: what is signed for takes no further explanation.
        said(kent, rows[:1], is_signed)
    found = dict(differences_known(kent.agreement, [AUGUST], None).values_list("pk", "status"))
    assert found == {rows[0].pk: status, rows[1].pk: "to explain"}


def test_months_stand_each_by_itself(kent: Kent) -> None:
    held_against_each_other(kent)
    held_against_each_other(kent, date(2019, 5, 1), {})
    not_available(kent, JULY, "The council’s cases were not received.")
    found = month_disputes(kent.agreement, None, None)
    assert {month: dispute.words for month, dispute in found.items()} == {
        AUGUST: "Disputed: 28 to explain",
        JULY: "Not available",
        date(2019, 5, 1): "Agrees",
    }
    assert list(found) == [AUGUST, JULY, date(2019, 5, 1)]
    assert [month for month, dispute in found.items() if dispute.is_disputed] == [AUGUST]


def test_a_month_is_resolved_when_every_difference_is_signed_for(kent: Kent) -> None:
    rows = held_against_each_other(kent)
    said(kent, rows[:20], True)
    assert month_disputes(kent.agreement, [AUGUST], None)[AUGUST].words == "Disputed: 8 to explain"
    said(kent, rows[20:], True, figure=194)
    dispute = month_disputes(kent.agreement, [AUGUST], None)[AUGUST]
    assert (dispute.words, dispute.is_disputed) == ("Explained and signed by both", False)
    assert dispute.agreed is not None
    assert dispute.agreed.children == 194


def test_what_was_sent_back_settles_no_figure(kent: Kent) -> None:
    rows = held_against_each_other(kent)
    said(kent, rows, False, figure=194)
    said(kent, rows, True)
    assert month_disputes(kent.agreement, [AUGUST], None)[AUGUST].agreed is None


def test_a_new_difference_disputes_the_month_again_and_the_figure_no_longer_holds(kent: Kent) -> None:
    rows = held_against_each_other(kent, counted={(Kind.COUNCIL_ONLY, "east-kent"): 2})
    said(kent, rows, True, figure=184)
    Difference.objects.create(
        agreement=kent.agreement,
        month=AUGUST,
        reference="EH-2019-30001",
        kind=Kind.PROVIDER_ONLY.value,
        area=rows[0].area,
        known_from=LATEST,
    )
    dispute = month_disputes(kent.agreement, [AUGUST], None)[AUGUST]
    assert (dispute.words, dispute.agreed) == ("Disputed: 1 to explain", None)
    assert dispute.signed_figure is not None


def test_differences_that_went_away_leave_nothing_to_dispute(kent: Kent) -> None:
    held_against_each_other(kent)
    held_against_each_other(kent, counted={}, at=LATER)
    assert month_disputes(kent.agreement, None, None)[AUGUST].words == "Agrees"
    assert month_disputes(kent.agreement, None, DEMO_MOMENT)[AUGUST].words == "Disputed: 28 to explain"


def test_the_past_stays_as_it_was_known(kent: Kent) -> None:
    rows = held_against_each_other(kent)
    said(kent, rows, True, figure=194)
    words = [
        month_disputes(kent.agreement, None, at)[AUGUST].words
        for at in (LATER - timedelta(seconds=1), LATER, LATEST - timedelta(seconds=1), LATEST, None)
    ]
    done = "Explained and signed by both"
    assert words == ["Disputed: 28 to explain", "Disputed: 28 to sign", "Disputed: 28 to sign", done, done]
    assert month_disputes(kent.agreement, None, LATER)[AUGUST].signed_figure is None
    assert month_disputes(kent.agreement, None, DEMO_MOMENT - timedelta(days=1)) == {}
