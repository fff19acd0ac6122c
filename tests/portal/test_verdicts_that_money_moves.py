"""Verdicts that a variation of money or of an element moves, told before it is signed as they come after it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from contracts.actions.variations import propose_variation, sign_variation
from contracts.audit import CONSOLE
from contracts.changes import TermsChange
from contracts.models import Indicator, Target, Variation
from cypmhs_portal.variations.effects import effects_of_variation
from performance.actions.terms import state_need_of
from performance.models import Figure
from performance.recompute import work_off
from tests.kent import DEMO_MOMENT, Kent
from tests.variations import CCG, actor, drafted, funding_key, target_key, with_part

pytestmark = pytest.mark.django_db
JUNE_2, JUNE, AUGUST = date(2019, 6, 2), date(2019, 6, 1), date(2019, 8, 1)
SIGNED_AT = DEMO_MOMENT + timedelta(days=1)
SHARE = "spend-share-of-contract"


@pytest.fixture
def kent(loaded: Kent, settings: Settings) -> Kent:
    """Kent, whose shares of contract value are to be 1.5% at least and not below 1%."""
    settings.PORTAL_TODAY = date(2019, 10, 19)
    Indicator.objects.filter(code=SHARE).update(polarity="higher")
    share = Indicator.objects.get(code=SHARE)
    start = loaded.agreement.starts_on
    Target.objects.create(indicator=share, value=Decimal("1.4"), floor=Decimal(1), in_force_from=start)
    state_need_of(TermsChange(loaded.agreement, start, "A target was agreed", CONSOLE, DEMO_MOMENT))
    work_off(loaded.agreement)
    return loaded


def cut(kent: Kent) -> Variation:
    """A draft that cuts KHNES from £240,000 to £40,000 a year from 2 June 2019."""
    draft = drafted(kent, in_force_from=JUNE_2)
    return with_part(kent, draft, "funding", funding_key(kent, "khnes"), {"annual_amount": "40000"})


def known(code: str) -> dict[tuple[str, date], str]:
    """The verdicts known now on an indicator, by its element and month."""
    rows = Figure.objects.filter(indicator__code=code, area__code="kent", known_until__isnull=True)
    return {
        (element or "", month): said for element, month, said in rows.values_list("element__code", "month", "verdict")
    }


def agree(kent: Kent, draft: Variation) -> None:
    variation = propose_variation(draft, by=actor(kent), at=SIGNED_AT)
    sign_variation(variation, by=actor(kent, CCG), at=SIGNED_AT)
    work_off(kent.agreement)


def test_a_share_that_money_moves_is_told_as_it_comes(kent: Kent) -> None:
    before = known(SHARE)
    draft = cut(kent)
    told = effects_of_variation(draft, SIGNED_AT)["verdicts"]["moves"]
    assert known(SHARE) == before
    agree(kent, draft)
    after = known(SHARE)
    moved = {key for key in before if after[key] != before[key]}
    assert moved == {("khnes", month) for element, month in before if element == "khnes" and month >= JUNE}
    assert {after[key] for key in moved} == {"red"}
    assert len(told) == len(moved)
    assert {(row["name"], row["before_colour"], row["after_colour"], row["value"]) for row in told} == {
        ("Share of contract value, Kent", "green", "red", "1.5%, then 0.2%")
    }
    assert [row["month"] for row in told] == [f"{month:%B %Y}" for _, month in sorted(moved)]


def test_a_variation_that_moves_no_verdict_tells_none(kent: Kent) -> None:
    draft = drafted(kent, in_force_from=JUNE_2)
    with_part(kent, draft, "funding", funding_key(kent, "khnes"), {"annual_amount": "239000"})
    assert effects_of_variation(draft, SIGNED_AT)["verdicts"] == {"moves": [], "latest": []}


def test_figures_of_an_element_that_ends_are_told_to_be_worked_out_no_more(kent: Kent) -> None:
    ehu = kent.agreement.elements.get(code="ehu")
    draft = with_part(kent, drafted(kent, in_force_from=JUNE_2), "element", str(ehu.pk), None)
    told = effects_of_variation(draft, SIGNED_AT)["verdicts"]["moves"]
    gone = {(row["name"], row["month"]) for row in told if row["after"] == "Not worked out any more"}
    assert ("Early Help caseload, Kent", "August 2019") in gone
    assert not any(row["month"] == "May 2019" for row in told)
    judged = Figure.objects.filter(agreement=kent.agreement, month__gte=JUNE, known_until=None, target__isnull=False)
    before = {(one.indicator.name, one.area.name, one.month, one.element_id) for one in judged.select_related()}
    agree(kent, draft)
    left = {(one.indicator.name, one.area.name, one.month, one.element_id) for one in judged.all().select_related()}
    assert gone == {(f"{name}, {area}", f"{month:%B %Y}") for name, area, month, _ in before - left}


def test_a_target_and_the_money_behind_it_are_told_together(kent: Kent) -> None:
    draft = cut(kent)
    share = Indicator.objects.get(code=SHARE)
    with_part(kent, draft, "target", f"{share.pk}-", {"value": "0.2", "floor": None})
    told = effects_of_variation(draft, SIGNED_AT)["verdicts"]["moves"]
    agree(kent, draft)
    after = known(SHARE)
    august = [row for row in told if row["month"] == "August 2019"]
    assert len(august) == len([key for key in after if key[1] == AUGUST])
    assert {row["target_after"] for row in august} == {"0.2%"}
    assert {row["after_colour"] for row in august} == {"green"}
    assert {said for (_, month), said in after.items() if month == AUGUST} == {"green"}


def test_a_target_alone_is_told_by_its_figures_as_they_are(kent: Kent) -> None:
    draft = drafted(kent, in_force_from=JUNE_2)
    with_part(kent, draft, "target", target_key(), {"value": "180", "floor": None})
    told = effects_of_variation(draft, SIGNED_AT)["verdicts"]["moves"]
    assert {row["name"] for row in told} == {"Early Help caseload, Kent"}
    assert {row["value"] for row in told if row["month"] == "August 2019"} == {"191 children"}
