"""Among all money ever changed stand agreed variations that move money, and notices that withhold or ended that."""

import pytest
from django.test import Client

from contracts.actions.notice_moving import move_notice
from contracts.actions.variations import propose_variation, sign_variation
from contracts.levers.ladder import NoticeStage
from contracts.models import Event, Role, Variation
from funding.audit_pages.kinds import kind_of
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import acting, notice_at
from tests.variations import CCG, DRAFTED_AT, actor, agreed, drafted, funding_key, with_part
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
AUDIT = "/agreements/KCC-CYPMHS-S76/money/audit/"
S = NoticeStage


@pytest.fixture
def auditor(kent: Kent) -> Client:
    return visitor(kent, Role.AUDITOR)


def signed(kent: Kent, draft: Variation) -> Variation:
    proposed = propose_variation(draft, by=actor(kent), at=DRAFTED_AT)
    return sign_variation(proposed, by=actor(kent, CCG), at=DRAFTED_AT)


def test_money_that_a_variation_moved_stands_with_what_it_was_before(kent: Kent, auditor: Client) -> None:
    less = {"annual_amount": "40000"}
    draft = with_part(kent, drafted(kent, title="Less"), "funding", funding_key(kent, "khnes"), less)
    with_part(kent, draft, "element", str(kent.agreement.elements.get(code="ehu").pk), None)
    signed(kent, draft)
    for query in ("", "?kind=variations"):
        said = text_of(auditor.get(f"{AUDIT}{query}"))
        assert "Variation agreed V1 Less" in said
        assert (
            "What changes, KCC for Kent Health Needs Education Service, Pounds a year: from £240,000.00 to £40,000.00"
        ) in said
        assert "Support to Early Help Units: ends" in said
    assert "Variation agreed" not in text_of(auditor.get(f"{AUDIT}?kind=withholding"))
    assert "Variation agreed" not in text_of(auditor.get(f"{AUDIT}?kind=payments"))
    assert "V1 Less" in auditor.get(f"{AUDIT}csv/?rows=events").content.decode()


def test_a_variation_of_a_target_is_about_no_money(kent: Kent, auditor: Client) -> None:
    agreed(kent)
    event = Event.objects.get(action="variation agreed")
    assert kind_of(event.action, event.before, event.after) is None
    assert "Variation agreed" not in text_of(auditor.get(AUDIT))


@pytest.mark.parametrize("subject", ["funding", "element", "withholding"])
def test_what_a_variation_changes_says_whether_it_is_money(subject: str) -> None:
    kind = kind_of("variation agreed", None, {"subjects": ["clock", subject]})
    assert kind is not None
    assert kind.code == "variations"
    assert kind_of("variation agreed", None, {"subjects": ["clock", "due-day", "target"]}) is None
    assert kind_of("variation proposed", None, {"subjects": [subject]}) is None


def test_withholding_and_its_end_stand_in_it_and_other_moves_do_not(kent: Kent, auditor: Client) -> None:
    notice = notice_at(kent, S.WITHHOLDING)
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    on = max(notice.moves.values_list("on", flat=True))
    move_notice(notice, to=S.RESOLVED, on=on, by=by, at=DEMO_MOMENT, reason="Put right")
    said = text_of(auditor.get(f"{AUDIT}?kind=withholding"))
    moved = Event.objects.filter(action="notice moved")
    told = [one for one in moved if kind_of(one.action, one.before, one.after)]
    assert len(moved) > len(told) == 2
    assert said.count("Notice moved") == 2
    assert "Stage: from Exception report made to Payment withheld" in said
    assert "Stage: from Payment withheld to Closed: put right" in said
    assert text_of(auditor.get(AUDIT)).count("Notice moved") == 2


def test_a_notice_that_never_withheld_is_about_no_money(kent: Kent, auditor: Client) -> None:
    notice_at(kent, S.MONITORED)
    assert "Notice moved" not in text_of(auditor.get(AUDIT))
