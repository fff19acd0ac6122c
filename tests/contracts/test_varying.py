"""Variations: drafted by one side, proposed, signed by the other, and in place from their own day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contracts.actions.refusals import Refused
from contracts.actions.variation_drafts import edit_variation, remove_part, set_part
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.audit import Actor, first_broken_link
from contracts.models import Event, Membership, Organisation, Party, PartyRole, Role, StepClock, Target, Variation
from contracts.variations.moves import VariationState
from funding.models import FundingLine
from tests.kent import Kent
from tests.variations import (
    CCG,
    DRAFTED_AT,
    KCC,
    NELFT,
    NOVEMBER,
    SAID,
    actor,
    agreed,
    colleague,
    copy_of,
    drafted,
    funding_key,
    proposed,
    target_key,
    target_of,
    variation_in,
    with_part,
    with_target,
)

pytestmark = pytest.mark.django_db
LATER = DRAFTED_AT + timedelta(days=3)
START = date(2017, 9, 1)


def test_the_last_signature_ends_the_old_term_and_begins_the_new_one(kent: Kent) -> None:
    assert target_of() == [(Decimal(300), START, None, "003 §3.2; 004 §2.6")]
    variation = proposed(kent)
    assert target_of() == [(Decimal(300), START, None, "003 §3.2; 004 §2.6")]
    signed = sign_variation(variation, by=actor(kent, CCG), at=LATER)
    assert signed.state == VariationState.AGREED
    assert signed.agreed_at == LATER
    assert target_of() == [
        (Decimal(300), START, NOVEMBER, "003 §3.2; 004 §2.6"),
        (Decimal(180), NOVEMBER, None, "Variation V1"),
    ]


def test_proposing_is_the_first_signature_and_its_proposer_gives_no_second(kent: Kent) -> None:
    variation = proposed(kent)
    assert list(variation.signatures.values_list("organisation__short_name", "by_name")) == [("KCC", "Alex Morgan")]
    with pytest.raises(Refused, match="You signed V1 for KCC, so somebody else signs it next"):
        sign_variation(variation, by=actor(kent), at=LATER)
    assert variation.signatures.count() == 1


def test_the_proposer_does_not_sign_for_another_party_either(kent: Kent) -> None:
    variation = proposed(kent)
    alex = kent.people[KCC]
    west_kent = Organisation.objects.get(short_name="West Kent CCG")
    Membership.objects.create(user=alex, organisation=west_kent, role=Role.COORDINATING_COMMISSIONER)
    with pytest.raises(Refused, match="somebody else signs it next"):
        sign_variation(variation, by=Actor.person(alex), at=LATER)


def test_a_colleague_of_the_proposer_does_not_sign_again_for_the_same_party(kent: Kent) -> None:
    variation = proposed(kent)
    by = Actor.person(colleague("KCC", Role.COUNCIL_COMMISSIONER))
    with pytest.raises(Refused, match="waits for the signature of West Kent CCG"):
        sign_variation(variation, by=by, at=LATER)


def test_a_provider_signs_where_the_agreement_says_so_and_the_terms_wait_for_it(kent: Kent) -> None:
    Party.objects.filter(agreement=kent.agreement, role=PartyRole.PROVIDER).update(signs_variations=True)
    variation = proposed(kent)
    waiting = sign_variation(variation, by=actor(kent, NELFT), at=LATER)
    assert waiting.state == VariationState.PROPOSED
    assert len(target_of()) == 1
    assert sign_variation(waiting, by=actor(kent, CCG), at=LATER).state == VariationState.AGREED
    assert len(target_of()) == 2


def test_who_must_sign_stays_as_it_was_when_it_was_proposed(kent: Kent) -> None:
    variation = proposed(kent)
    Party.objects.filter(agreement=kent.agreement, role=PartyRole.PROVIDER).update(signs_variations=True)
    assert sign_variation(variation, by=actor(kent, CCG), at=LATER).state == VariationState.AGREED


def test_a_term_that_begins_on_the_same_day_would_overlap(kent: Kent) -> None:
    first, second = proposed(kent), with_target(kent, drafted(kent), "150")
    sign_variation(first, by=actor(kent, CCG), at=LATER)
    with pytest.raises(Refused, match="another term begins on 1 November 2019 itself, and the two would overlap"):
        propose_variation(second, by=actor(kent), at=LATER)


def test_what_overlaps_since_it_was_proposed_is_refused_at_the_signature(kent: Kent) -> None:
    variation = proposed(kent)
    held = Target.objects.get(indicator__code="early-help-caseload")
    Target.objects.filter(pk=held.pk).update(in_force_until=NOVEMBER)
    Target.objects.create(indicator=held.indicator, area=held.area, value=250, in_force_from=NOVEMBER)
    with pytest.raises(Refused, match="would overlap"):
        sign_variation(variation, by=actor(kent, CCG), at=LATER)
    assert variation.signatures.count() == 1
    variation.refresh_from_db()
    assert variation.state == VariationState.PROPOSED


def test_a_new_thing_is_refused_where_a_later_term_stands(kent: Kent) -> None:
    Target.objects.filter(indicator__code="early-help-caseload").update(in_force_from=date(2020, 4, 1))
    with pytest.raises(Refused, match="a term is agreed from 1 April 2020, and the new one would overlap it"):
        with_target(kent, drafted(kent))


def test_terms_that_changed_since_the_proposal_are_not_signed_unseen(kent: Kent) -> None:
    variation = proposed(kent)
    Target.objects.filter(indicator__code="early-help-caseload").update(value=310)
    with pytest.raises(Refused, match="is other than when V1 was proposed"):
        sign_variation(variation, by=actor(kent, CCG), at=LATER)


def test_two_proposals_do_not_change_one_thing(kent: Kent) -> None:
    proposed(kent)
    second = with_target(kent, drafted(kent), "150")
    with pytest.raises(Refused, match="V1, which is proposed, changes the same"):
        propose_variation(second, by=actor(kent), at=LATER)


def test_the_new_term_ends_when_the_one_it_follows_would_have(kent: Kent) -> None:
    Target.objects.filter(indicator__code="early-help-caseload").update(in_force_until=date(2020, 9, 1))
    agreed(kent)
    assert [row[1:3] for row in target_of()] == [(START, NOVEMBER), (NOVEMBER, date(2020, 9, 1))]


def test_a_line_of_funding_ends_and_another_takes_less(kent: Kent) -> None:
    draft = with_part(kent, drafted(kent), "funding", funding_key(kent, "ehu"), None)
    with_part(kent, draft, "funding", funding_key(kent, "khnes"), {"annual_amount": "40000"})
    with_part(kent, draft, "element", str(kent.agreement.elements.get(code="ehu").pk), None)
    variation = propose_variation(draft, by=actor(kent), at=LATER)
    sign_variation(variation, by=actor(kent, CCG), at=LATER)
    rows = FundingLine.objects.filter(element__code__in=["ehu", "khnes"]).order_by("element__code", "in_force_from")
    assert list(rows.values_list("annual_amount", "in_force_from", "in_force_until", "source")) == [
        (Decimal(1200000), START, NOVEMBER, "004 §1.8"),
        (Decimal(240000), START, NOVEMBER, "004 §1.8"),
        (Decimal(40000), NOVEMBER, None, "Variation V1"),
    ]
    assert kent.agreement.elements.get(code="ehu").in_force_until == NOVEMBER


def test_clocks_withholding_and_the_day_of_returns_are_varied_too(kent: Kent) -> None:
    step = StepClock.objects.get(step__kind__abbreviation="CPN", step__stage="meeting").step
    kind = step.kind
    draft = with_part(kent, drafted(kent), "clock", str(step.pk), {"count": 15, "unit": "operational-days"})
    said = {"percent": "2.5", "basis": "agreement", "kept_after_months": None}
    with_part(kent, draft, "withholding", str(kind.pk), said)
    with_part(kent, draft, "due-day", "", {"operational_day": 8})
    sign_variation(propose_variation(draft, by=actor(kent), at=LATER), by=actor(kent, CCG), at=LATER)
    assert list(step.clocks.order_by("in_force_from").values_list("count", "in_force_until", "checked_reference")) == [
        (10, NOVEMBER, ""),
        (15, None, ""),
    ]
    term = kind.withholding_terms.get(in_force_from=NOVEMBER)
    assert (term.percent, term.basis, term.kept_after_months) == (Decimal("2.5"), "agreement", None)
    days = kent.agreement.return_due_days.order_by("in_force_from").values_list("operational_day", "in_force_until")
    assert list(days) == [(10, NOVEMBER), (8, None)]


def test_notice_that_ends_later_is_no_notice(kent: Kent) -> None:
    notice: dict[str, Any] = {"notice_given_on": date(2019, 10, 14), "notice_months": 6}
    short = with_target(kent, drafted(kent, in_force_from=date(2020, 4, 13), **notice))
    with pytest.raises(Refused, match="The notice ends on 14 April 2020, after the first day in force, 13 April 2020"):
        propose_variation(short, by=actor(kent), at=LATER)
    enough = with_target(kent, drafted(kent, in_force_from=date(2020, 4, 14), **notice))
    assert propose_variation(enough, by=actor(kent), at=LATER).state == VariationState.PROPOSED


@pytest.mark.parametrize("on", [START, date(2022, 9, 1), date(2030, 1, 1), date(1990, 1, 1)])
def test_a_variation_comes_into_force_within_the_agreement(kent: Kent, on: date) -> None:
    with pytest.raises(Refused, match="a day between the two"):
        drafted(kent, in_force_from=on)


def test_a_draft_is_its_own_sides(kent: Kent) -> None:
    draft = with_target(kent, drafted(kent))
    part = draft.parts.get()
    with pytest.raises(Refused, match="Only KCC’s own people can change its draft"):
        edit_variation(draft, said=SAID, by=actor(kent, CCG), at=LATER)
    with pytest.raises(Refused, match="Only KCC’s own people can change its draft"):
        remove_part(part, by=actor(kent, CCG), at=LATER)
    with pytest.raises(Refused, match="Only KCC’s own people can change its draft"):
        propose_variation(draft, by=actor(kent, CCG), at=LATER)
    with pytest.raises(Refused, match="Only KCC’s own people can do that with its variation"):
        withdraw_variation(draft, reason="", by=actor(kent, CCG), at=LATER)


def test_a_draft_says_a_thing_once_and_may_leave_it_as_it_is(kent: Kent) -> None:
    draft = with_target(kent, with_target(kent, drafted(kent)), "170")
    assert [part.values for part in draft.parts.all()] == [{"value": "170", "floor": None}]
    remove_part(draft.parts.get(), by=actor(kent), at=LATER)
    with pytest.raises(Refused, match="changes nothing yet"):
        propose_variation(draft, by=actor(kent), at=LATER)


@pytest.mark.parametrize(
    ("subject", "thing", "values"),
    [
        ("target", "999999999999999999999-", None),
        ("salary", "1", None),
        ("target", "x'--", None),
        ("due-day", "", None),
    ],
)
def test_what_is_not_of_the_agreement_is_not_varied(kent: Kent, subject: str, thing: str, values: None) -> None:
    draft = drafted(kent)
    with pytest.raises(Refused, match=r"no such thing|cannot end"):
        set_part(draft, subject=subject, thing=thing, values=values, by=actor(kent), at=LATER)


def test_nothing_is_changed_by_saying_the_same(kent: Kent) -> None:
    said: dict[str, str | int | None] = {"percent": "2", "basis": "element", "kept_after_months": 6}
    kind = kent.agreement.notice_kinds.get(abbreviation="CPN")
    with pytest.raises(Refused, match="says the same already"):
        with_part(kent, drafted(kent), "withholding", str(kind.pk), said)


def test_a_counter_proposal_takes_the_place_of_what_it_is_copied_of(kent: Kent) -> None:
    original = proposed(kent)
    counter = copy_of(kent, original, CCG)
    assert [(part.thing, part.values) for part in counter.parts.all()] == [
        (target_key(), {"value": "180", "floor": None})
    ]
    with_target(kent, counter, "250", CCG)
    propose_variation(counter, by=actor(kent, CCG), at=LATER)
    original.refresh_from_db()
    assert original.state == VariationState.SUPERSEDED
    assert sign_variation(counter, by=actor(kent), at=LATER).state == VariationState.AGREED
    assert target_of()[-1][0] == Decimal(250)


def test_what_is_declined_or_withdrawn_stays_with_its_reason(kent: Kent) -> None:
    declined = decline_variation(proposed(kent), reason=" Too low ", by=actor(kent, CCG), at=LATER)
    assert declined.moves.get(to_state="declined").reason == "Too low"
    with pytest.raises(Refused, match="V1 is declined, so nobody signs it now"):
        sign_variation(declined, by=actor(kent, CCG), at=LATER)
    withdrawn = proposed(kent)
    with pytest.raises(Refused, match="The reason is missing"):
        withdraw_variation(withdrawn, reason="  ", by=actor(kent), at=LATER)
    assert withdraw_variation(withdrawn, reason="Not now", by=actor(kent), at=LATER).state == VariationState.WITHDRAWN


@pytest.mark.parametrize("state", VariationState)
def test_each_step_leaves_one_event_and_the_trail_holds(kent: Kent, state: VariationState) -> None:
    variation = variation_in(kent, state)
    assert variation.state == state
    said = Event.objects.filter(agreement=kent.agreement, action__startswith="variation ")
    assert said.count() == {VariationState.DRAFT: 2, VariationState.PROPOSED: 3, VariationState.SUPERSEDED: 5}.get(
        state, 4
    )
    assert first_broken_link(kent.agreement) is None
    assert Variation.objects.exclude(state__in=VariationState.values).count() == 0
