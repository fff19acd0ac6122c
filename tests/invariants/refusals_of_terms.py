"""What breaks each constraint and trigger of contracts and funding."""

from datetime import date
from decimal import Decimal

from django.db.models.expressions import RawSQL

from contracts.models import (
    Agreement,
    Area,
    Discussion,
    Document,
    Event,
    Indicator,
    Membership,
    Organisation,
    Party,
    Pathway,
    Place,
    PublishedFigure,
    RecordOfDecision,
    ServiceElement,
    Target,
    User,
)
from funding.models import FundingLine
from tests.invariants.refusals import Refusals, again, area_elsewhere, changed, element_elsewhere, elsewhere, first
from tests.kent import Kent

BEFORE = date(2017, 8, 31)


def area(code: str) -> Area:
    return first(Area, code=code)


def purpose(name: str) -> Indicator:
    return first(Indicator, purpose=name)


def published(code: str) -> PublishedFigure:
    return first(PublishedFigure, code=code)


def turn_areas_round(_kent: Kent) -> None:
    """East Kent is part of Kent; then Kent, no longer the whole, becomes part of East Kent."""
    changed(area("kent"), parent=area("east-kent"))


def part_of_itself(kent: Kent) -> None:
    # One that is there already would be stopped by the trigger that looks further.
    Area.objects.create(pk=10**9, parent_id=10**9, agreement=kent.agreement, code="itself", name="Itself")


def move_to_another_agreement(kent: Kent, row: Area | Pathway | ServiceElement | Indicator) -> None:
    changed(row, agreement=elsewhere(kent))


PEOPLE: Refusals = {
    "one_organisation_per_ods_code": lambda _: again(first(Organisation, ods_code="RAT"), name="X", short_name="X"),
    "one_organisation_per_gss_code": lambda _: again(first(Organisation, short_name="KCC"), name="X", short_name="X"),
    "one_person_per_email_address": lambda _: again(first(User), email=first(User).email.upper()),
    "a_person_has_a_role_once_in_an_organisation": lambda _: again(first(Membership)),
    "a_membership_has_a_known_role": lambda _: changed(first(Membership), role="friend"),
}
AGREEMENT: Refusals = {
    "an_agreement_ends_after_it_starts": lambda _: changed(first(Agreement), ends_on=date(2017, 9, 1)),
    "returns_are_required_before_the_agreement_ends": lambda _: changed(
        first(Agreement), returns_from=date(2022, 9, 1)
    ),
    "returns_are_required_from_the_first_of_a_month": lambda _: changed(
        first(Agreement), returns_from=date(2018, 4, 2)
    ),
    "returns_are_required_from_the_agreements_start_on": lambda _: changed(
        first(Agreement), returns_from=date(2017, 8, 1)
    ),
    "an_agreement_has_a_known_power": lambda _: changed(first(Agreement), power="s77"),
    "the_warning_tolerance_is_above_zero": lambda _: changed(first(Agreement), warning_tolerance=0),
    "an_organisation_has_a_role_once_in_an_agreement": lambda _: again(first(Party, role="associate-commissioner")),
    "an_agreement_has_one_provider": lambda _: changed(first(Party, role="auditor"), role="provider"),
    "an_agreement_has_one_coordinating_commissioner": lambda _: changed(
        first(Party, role="auditor"), role="coordinating-commissioner"
    ),
    "a_party_has_a_known_role": lambda _: changed(first(Party), role="friend"),
    "a_document_reference_is_used_once": lambda _: again(first(Document)),
    "a_decision_number_is_used_once": lambda _: again(first(RecordOfDecision)),
    "a_decision_has_a_known_status": lambda _: again(first(RecordOfDecision), number="1", status="dreamt"),
    "a_discussion_is_recorded_once": lambda _: again(first(Discussion)),
}
PLACES: Refusals = {
    "an_area_code_is_used_once": lambda _: again(area("east-kent")),
    "an_agreement_has_one_whole_area": lambda _: again(area("kent"), code="other"),
    "an_area_is_not_part_of_itself": part_of_itself,
    "an_area_keeps_its_agreement": lambda kent: move_to_another_agreement(kent, area("kent")),
    "an_area_is_part_of_one_of_its_agreement": lambda kent: changed(area("east-kent"), parent=area_elsewhere(kent)),
    "areas_are_not_part_of_each_other": turn_areas_round,
    "a_place_belongs_to_an_agreement_once": lambda _: again(first(Place)),
    "a_place_is_of_a_known_kind": lambda _: changed(first(Place), kind="village"),
    "a_place_is_in_an_area_of_its_agreement": lambda kent: changed(first(Place), area=area_elsewhere(kent)),
    "a_pathway_code_is_used_once": lambda _: again(first(Pathway)),
    "a_pathway_keeps_its_agreement": lambda kent: move_to_another_agreement(kent, first(Pathway)),
    "an_element_code_is_used_once": lambda _: again(first(ServiceElement), name="Other"),
    "an_element_name_is_used_once": lambda _: again(first(ServiceElement), code="other"),
    "an_element_ends_after_it_starts": lambda _: changed(first(ServiceElement), in_force_until=BEFORE),
    "an_element_has_a_known_stage": lambda _: changed(first(ServiceElement), stage="late"),
    "an_element_keeps_its_agreement": lambda kent: move_to_another_agreement(kent, first(ServiceElement)),
}
EVENTS: Refusals = {
    "an_event_hash_is_used_once": lambda kent: again(first(Event), agreement=elsewhere(kent)),
    "an_event_follows_one_event": lambda _: again(first(Event), hash="0" * 64),
    "an_event_has_a_hash": lambda _: again(first(Event), previous_hash="0" * 64, hash=""),
    "events_are_append_only": lambda _: changed(first(Event), subject="Something else"),
}
MEASURED: Refusals = {
    "an_indicator_code_is_used_once": lambda _: again(first(Indicator, purpose="")),
    "an_element_has_one_headline_indicator": lambda _: again(purpose("headline"), code="other"),
    "a_purpose_is_served_by_one_indicator": lambda _: again(purpose("staff"), code="other"),
    "a_headline_indicator_has_an_element": lambda _: changed(purpose("headline"), element=None),
    "an_indicator_has_a_known_purpose": lambda _: changed(first(Indicator), purpose="decoration"),
    "an_indicator_has_a_known_polarity": lambda _: changed(first(Indicator), polarity="sideways"),
    "an_indicator_has_a_known_unit": lambda _: changed(first(Indicator), unit="parsecs"),
    "an_indicator_keeps_its_agreement": lambda kent: move_to_another_agreement(kent, first(Indicator, element=None)),
    "an_indicator_is_of_an_element_agreed_with_it": lambda kent: changed(
        first(Indicator), element=element_elsewhere(kent)
    ),
    "targets_of_an_indicator_do_not_overlap": lambda _: again(
        first(Target), in_force_from=date(2019, 6, 1), value=Decimal(1)
    ),
    "a_target_ends_after_it_starts": lambda _: changed(first(Target), in_force_until=BEFORE),
    "a_target_is_of_an_area_of_its_agreement": lambda kent: changed(first(Target), area=area_elsewhere(kent)),
}
PUBLISHED: Refusals = {
    "a_published_figure_code_is_used_once": lambda _: again(published("P14")),
    "a_published_figure_recomputes_in_a_known_way": lambda _: changed(published("P01"), recomputation="by guess"),
    "a_recomputed_figure_names_indicator_and_month": lambda _: changed(published("P14"), month=None),
    "a_published_figure_is_of_a_whole_month": lambda _: changed(published("P14"), month=date(2019, 8, 2)),
    "a_published_figure_is_of_its_agreement": lambda kent: changed(published("P14"), area=area_elsewhere(kent)),
    "a_figure_is_stated_to_a_step_above_zero": lambda _: changed(published("P14"), stated_to=0),
    "a_figure_stated_to_a_step_is_a_number": lambda _: changed(published("P14"), value="many"),
    "a_figure_from_a_sum_names_the_sum": lambda _: changed(published("F01"), arithmetic=""),
}
MONEY: Refusals = {
    "funding_lines_of_a_thing_do_not_overlap": lambda _: again(first(FundingLine), in_force_from=date(2019, 6, 1)),
    "a_funding_line_ends_after_it_starts": lambda _: changed(first(FundingLine), in_force_until=BEFORE),
    "a_funding_line_pays_for_its_agreement": lambda kent: changed(first(FundingLine), element=element_elsewhere(kent)),
    "a_funding_line_is_an_amount": lambda _: changed(first(FundingLine), annual_amount=RawSQL("'NaN'::numeric", [])),
    "a_funding_line_is_paid_by_a_party": lambda _: changed(
        first(FundingLine), funder=Organisation.objects.create(name="No party", short_name="No party")
    ),
    "a_funding_line_is_not_negative": lambda _: changed(first(FundingLine), annual_amount=Decimal("-0.01")),
}
TERMS: Refusals = {**PEOPLE, **AGREEMENT, **PLACES, **EVENTS, **MEASURED, **PUBLISHED, **MONEY}
