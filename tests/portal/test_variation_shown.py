"""What the page of a variation shows: a draft by its day as it is now, an end as it stood, and true sentences."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.actions.variation_drafts import edit_variation
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.models import Role, Target, Variation
from contracts.variations.moves import VariationState
from cypmhs_portal.variations.effects import effects_of_variation
from tests.kent import DEMO_MOMENT, Kent
from tests.variations import (
    CCG,
    DRAFTED_AT,
    SAID,
    actor,
    copy_of,
    drafted,
    proposed,
    with_part,
    with_target,
)
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/variations/"
S = VariationState
APRIL = date(2020, 4, 1)
AT = DRAFTED_AT + timedelta(days=1)


def page_of(kent: Kent, variation: Variation, role: Role = Role.COUNCIL_COMMISSIONER) -> str:
    return text_of(visitor(kent, role).get(f"{HERE}{variation.number}/"))


def test_a_draft_shows_the_old_term_of_its_day_as_it_is_now(kent: Kent) -> None:
    first = Target.objects.get(indicator__code="early-help-caseload")
    Target.objects.filter(pk=first.pk).update(in_force_until=APRIL)
    Target.objects.create(indicator=first.indicator, area=first.area, value=310, in_force_from=APRIL)
    draft = with_target(kent, drafted(kent, in_force_from=date(2019, 12, 2)))
    assert "300 children" in page_of(kent, draft)
    edit_variation(draft, said=replace(SAID, in_force_from=date(2020, 6, 1)), by=actor(kent), at=DRAFTED_AT)
    moved = page_of(kent, draft)
    assert "310 children" in moved
    assert "300 children" not in moved
    variation = propose_variation(draft, by=actor(kent), at=DRAFTED_AT)
    held = variation.parts.get().held
    assert held is not None
    assert held["values"] == {"value": "310", "floor": None}
    assert "310 children" in page_of(kent, variation)


def test_withholding_is_by_the_terms_of_the_day_it_begins(kent: Kent) -> None:
    kind = kent.agreement.notice_kinds.get(code="contract-performance-notice")
    values = {"percent": "1", "basis": "element", "kept_after_months": None}
    draft = with_part(kent, drafted(kent, in_force_from=date(2019, 7, 1)), "withholding", str(kind.pk), values)
    said = effects_of_variation(draft, DRAFTED_AT)["sentences"]
    assert said[-1] == (
        "Notices whose withholding begins on 1 July 2019 or later withhold by the new terms; those that withhold "
        "already keep theirs."
    )


def ended(kent: Kent, state: VariationState) -> Variation:
    """A lower target from June 2019, which ended without being agreed."""
    if state == "draft":
        draft = with_target(kent, drafted(kent, in_force_from=date(2019, 6, 1)))
        return withdraw_variation(draft, reason="", by=actor(kent), at=AT)
    variation = proposed(kent, in_force_from=date(2019, 6, 1))
    if state == S.DECLINED:
        return decline_variation(variation, reason="Too low", by=actor(kent, CCG), at=AT)
    if state == S.WITHDRAWN:
        return withdraw_variation(variation, reason="Not now", by=actor(kent), at=AT)
    propose_variation(copy_of(kent, variation), by=actor(kent), at=AT)
    variation.refresh_from_db()
    return variation


@pytest.mark.parametrize("state", [S.DECLINED, S.WITHDRAWN, S.SUPERSEDED, "draft"])
def test_what_an_ended_one_would_have_moved_stays_as_it_stood(loaded: Kent, state: VariationState) -> None:
    variation = ended(loaded, state)
    shown = page_of(loaded, variation)
    word = "withdrawn" if state == "draft" else state.value
    assert f"As it was shown when it was {word}, 15 October 2019 at 9:15am" in shown
    assert "Early Help caseload, Kent August 2019 191 children 300" in shown
    loaded.agreement.indicators.get(code="early-help-caseload").targets.update(value=500)
    later = with_target(loaded, drafted(loaded, in_force_from=date(2019, 8, 1)), "400")
    assert page_of(loaded, variation) == shown
    assert later.effects is None


def test_what_is_agreed_is_kept_from_before_its_terms_were_put_in_place(loaded: Kent) -> None:
    variation = proposed(loaded, in_force_from=date(2019, 6, 1))
    told = effects_of_variation(variation, DEMO_MOMENT)
    signed = sign_variation(variation, by=actor(loaded, CCG), at=DEMO_MOMENT)
    assert signed.effects == told
    assert "As it was shown when the last party signed, 17 October 2019 at 9:30am" in page_of(loaded, signed)
