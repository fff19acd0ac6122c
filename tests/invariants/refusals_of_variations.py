"""What breaks each constraint and trigger of variations, their parts, signatures and moves."""

from collections.abc import Callable

from django.db import connection
from django.db.models import Model

from contracts.actions.variations import sign_variation
from contracts.models import (
    Organisation,
    Party,
    PartyRole,
    RecordOfDecision,
    Role,
    Variation,
    VariationMove,
    VariationPart,
    VariationSignatory,
    VariationSignature,
)
from contracts.variations.moves import VariationState
from tests.invariants.refusals import Refusals, again, changed, elsewhere, first
from tests.invariants.refusals_of_payments import here
from tests.kent import DEMO_MOMENT, Kent
from tests.variations import CCG, KCC, NELFT, actor, colleague, drafted, proposed, variation_in, with_target

S = VariationState


def draft() -> Variation:
    return with_target(here(), drafted(here()))


def agreed() -> Variation:
    return variation_in(here(), S.AGREED)


def part(of: Variation | None = None) -> VariationPart:
    return first(VariationPart, variation=of or draft())


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(short_name=name)


def signatory() -> VariationSignatory:
    """KCC among those who must sign a draft."""
    return VariationSignatory.objects.create(variation=draft(), organisation=organisation("KCC"))


def signed(variation: Variation, name: str, role: Role) -> VariationSignature:
    """A signature for an organisation by the demo's person of a role."""
    by = here().people[role]
    return VariationSignature.objects.create(
        variation=variation, organisation=organisation(name), by=by, by_name=by.name, at=DEMO_MOMENT
    )


def signed_twice(kent: Kent) -> None:
    Party.objects.filter(agreement=kent.agreement, role=PartyRole.PROVIDER).update(signs_variations=True)
    variation = sign_variation(proposed(kent), by=actor(kent, NELFT), at=DEMO_MOMENT)
    signed(variation, "West Kent CCG", NELFT)


def signed_again_for_kcc(kent: Kent) -> None:
    by = colleague("KCC", Role.COUNCIL_COMMISSIONER)
    again(first(VariationSignature, variation=proposed(kent)), by=by)


def moved(variation: Variation, before: str, to: str, reason: str = "Said") -> VariationMove:
    """The row of a move that its variation does not follow yet."""
    return VariationMove.objects.create(
        variation=variation,
        from_state=before,
        to_state=to,
        by=here().people[KCC],
        by_name="Alex Morgan",
        organisation=organisation("KCC"),
        at=DEMO_MOMENT,
        reason=reason,
    )


def in_an_unknown_state(kent: Kent) -> None:
    # A trigger refuses it first.
    trigger = next(one for one in Variation._meta.triggers if one.name == "a_variation_starts_as_a_draft")  # type: ignore[attr-defined]  # added by pgtrigger
    before = proposed(kent)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pgtrigger.ignore = '{{{trigger.get_pgid(Variation)}}}'")
    again(before, number=90, state="lost")


def agreed_by_its_proposer_alone(kent: Kent) -> None:
    alone = signatory().variation
    moved(alone, "draft", "proposed")
    changed(alone, state="proposed", proposed_by=kent.people[KCC], proposed_at=DEMO_MOMENT)
    signed(alone, "KCC", KCC)
    moved(alone, "proposed", "agreed")
    changed(alone, state="agreed", agreed_at=DEMO_MOMENT)


def agreed_without_a_moment(kent: Kent) -> None:
    variation = proposed(kent)
    signed(variation, "West Kent CCG", CCG)
    moved(variation, "proposed", "agreed")
    changed(variation, state="agreed")


def proposed_by_nobody(_: Kent) -> None:
    variation = draft()
    moved(variation, "draft", "proposed")
    changed(variation, state="proposed")


def decision_elsewhere(kent: Kent) -> RecordOfDecision:
    return again(first(RecordOfDecision, agreement=kent.agreement), agreement=elsewhere(kent))


def no_party() -> Organisation:
    return Organisation.objects.create(name="Nobody’s trust", short_name="Nobody")


OF_THE_VARIATION: Refusals = {
    "a_variation_number_is_used_once": lambda _: again(draft()),
    "variations_are_numbered_from_one": lambda _: again(draft(), number=0),
    "a_variation_is_in_a_known_state": in_an_unknown_state,
    "a_variation_says_what_and_why": lambda _: changed(draft(), reason=""),
    "a_notice_of_variation_has_its_day_and_its_months": lambda _: changed(draft(), notice_months=6),
    "a_proposed_variation_says_who_proposed_it": proposed_by_nobody,
    "an_agreed_variation_says_since_when": agreed_without_a_moment,
    "variations_are_not_deleted": lambda _: Variation.objects.filter(pk=drafted(here()).pk)._raw_delete("default"),
    "a_variation_starts_as_a_draft": lambda kent: again(proposed(kent), number=90),
    "a_variation_moves_as_the_table_has_it": lambda _: changed(draft(), state="declined"),
    "a_variation_moves_with_its_row": lambda _: changed(draft(), state="withdrawn"),
    "a_variation_is_agreed_by_all_who_must_sign": lambda kent: changed(
        moved(proposed(kent), "proposed", "agreed").variation, state="agreed", agreed_at=DEMO_MOMENT
    ),
    "a_variation_is_not_agreed_by_its_proposer_alone": agreed_by_its_proposer_alone,
    "what_was_proposed_is_not_edited": lambda kent: changed(proposed(kent), title="Something else"),
    "a_variation_keeps_who_drafted_it": lambda kent: changed(draft(), drafted_by=kent.people[CCG]),
    "a_variation_keeps_who_proposed_it": lambda kent: changed(proposed(kent), proposed_by=kent.people[CCG]),
    "an_agreed_variation_stays": lambda _: changed(agreed(), effects={}),
    "a_variation_keeps_its_agreement": lambda kent: changed(draft(), agreement=elsewhere(kent)),
    "a_variation_rests_on_things_of_its_agreement": lambda kent: changed(draft(), decision=decision_elsewhere(kent)),
    "a_party_signs_variations_where_somebody_may": lambda kent: changed(
        first(Party, agreement=kent.agreement, role="auditor"), signs_variations=True
    ),
}
OF_PARTS: Refusals = {
    "a_variation_changes_a_thing_once": lambda _: again(part()),
    "a_part_says_what_it_changes": lambda _: changed(part(), label=""),
    "a_part_changes_something": lambda _: changed(part(), held=None, values=None),
    "parts_are_written_while_it_is_a_draft": lambda kent: changed(part(proposed(kent)), position=9),
    "parts_of_what_was_proposed_stay": lambda kent: part(proposed(kent)).delete(),
}
OF_SIGNATURES: Refusals = {
    "an_organisation_must_sign_once": lambda _: again(signatory()),
    "who_must_sign_is_append_only": lambda _: changed(signatory(), organisation=organisation("NELFT")),
    "who_must_sign_is_a_party": lambda _: again(signatory(), organisation=no_party()),
    "who_must_sign_is_said_when_it_is_proposed": lambda kent: VariationSignatory.objects.create(
        variation=proposed(kent), organisation=organisation("NELFT")
    ),
    "an_organisation_signs_once": signed_again_for_kcc,
    "nobody_signs_a_variation_twice": signed_twice,
    "signatures_are_append_only": lambda kent: changed(
        first(VariationSignature, variation=proposed(kent)), by_name="Somebody else"
    ),
    "only_who_must_sign_signs": lambda kent: signed(proposed(kent), "NELFT", NELFT),
    "a_proposer_signs_for_their_own_side": lambda kent: signed(proposed(kent), "West Kent CCG", KCC),
    "what_is_signed_is_proposed": lambda kent: signed(variation_in(kent, S.WITHDRAWN), "West Kent CCG", CCG),
}
OF_MOVES: Refusals = {
    "a_variation_move_changes_the_state": lambda kent: moved(proposed(kent), "proposed", "proposed"),
    "a_proposed_variation_is_stopped_for_a_reason": lambda kent: moved(proposed(kent), "proposed", "withdrawn", ""),
    "variation_moves_are_append_only": lambda _: changed(first(VariationMove, variation=draft()), reason="Other"),
    "a_variation_move_starts_where_it_is": lambda kent: moved(proposed(kent), "agreed", "withdrawn"),
}
OF_VARIATIONS: Refusals = {**OF_THE_VARIATION, **OF_PARTS, **OF_SIGNATURES, **OF_MOVES}
ROWS_OF_VARIATIONS: dict[type[Model], Callable[[], Model]] = {
    VariationSignatory: signatory,
    VariationSignature: lambda: first(VariationSignature, variation=proposed(here())),
    VariationMove: lambda: first(VariationMove, variation=draft()),
}
