"""What breaks each constraint and trigger of decisions, appraisals, actions and meetings."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Model

from contracts.action_moves import ActionState
from contracts.decision_moves import DecisionStatus
from contracts.meeting_moves import MeetingState
from contracts.models import (
    ActionMove,
    AgendaItem,
    AgreedAction,
    Agreement,
    AppraisedOption,
    Criterion,
    DecisionMove,
    DecisionNotice,
    Discussion,
    Meeting,
    MeetingMove,
    MeetingNote,
    OptionFunding,
    OptionsAppraisal,
    OptionScore,
    Organisation,
    RecordOfDecision,
)
from tests.decisions import action_in, agreed, called, decision_in, here, led_to, meeting_in, proposed
from tests.invariants.refusals import Refusals, again, changed, element_elsewhere, elsewhere, first
from tests.kent import DEMO_MOMENT, Kent

TAKEN = DecisionStatus.TAKEN
DAY = timedelta(days=1)


def decision_move() -> DecisionMove:
    return first(DecisionMove, decision=proposed(here()))


def action_move() -> ActionMove:
    return first(ActionMove, action=agreed(here()))


def meeting_move() -> MeetingMove:
    return first(MeetingMove, meeting=called(here()))


def agenda_item() -> AgendaItem:
    return first(AgendaItem, meeting=meeting_in(here(), MeetingState.HELD))


def meeting_note(**changes: object) -> MeetingNote:
    kent = here()
    held = meeting_in(kent, MeetingState.HELD)
    person = held.called_by
    said: dict[str, object] = {"meeting": held, "text": "Said", "by": person, "by_name": person.name, "at": DEMO_MOMENT}
    return MeetingNote.objects.create(**said | changes)


def to_settle() -> OptionsAppraisal:
    """The demo's appraisal, whose decision is taken."""
    appraisal = first(OptionsAppraisal)
    decision = decision_in(here(), TAKEN)
    return changed(appraisal, leads_to=decision)


def of_settled(model: type[Model], **names: object) -> Model:
    """A row of the demo's appraisal, whose decision is taken."""
    row = first(model)
    to_settle()
    return changed(row, **names)


def another_appraisal(agreement: Agreement) -> OptionsAppraisal:
    return OptionsAppraisal.objects.create(agreement=agreement, title="Another")


def criterion_of_another() -> Criterion:
    return Criterion.objects.create(appraisal=another_appraisal(here().agreement), name="Cost", weight=Decimal(1))


def with_discussion(kent: Kent) -> Discussion:
    return Discussion.objects.create(decision=decision_in(kent, TAKEN), body="Board", held_on=date(2019, 10, 1))


OF_DECISIONS: Refusals = {
    "only_a_taken_decision_has_its_day": lambda kent: changed(proposed(kent), decided_on=date(2019, 10, 1)),
    "a_settled_decision_is_kept_as_it_was": lambda kent: changed(decision_in(kent, TAKEN), decision="Another"),
    "a_decision_moves_with_its_row": lambda kent: changed(proposed(kent), status="withdrawn"),
    "a_decision_is_taken_on_a_day": lambda kent: changed(with_move(proposed(kent)), status="taken"),
    "a_settled_decision_is_not_deleted": lambda kent: without_discussions(kent).delete(),
    "discussions_of_a_settled_decision_stay": lambda kent: changed(with_discussion(kent), body="Another"),
    "a_decision_move_changes_the_status": lambda _: again(decision_move(), from_status="proposed"),
    "a_decision_is_withdrawn_for_a_reason": lambda _: again(
        decision_move(), from_status="proposed", to_status="withdrawn"
    ),
    "decision_moves_are_append_only": lambda _: changed(decision_move(), reason="Another"),
    "a_decision_move_starts_where_the_decision_is": lambda kent: again(
        first(DecisionMove, decision=decision_in(kent, TAKEN), to_status="taken")
    ),
    "a_decision_leads_to_a_notice_once": lambda kent: again(led_to(kent)),
    "what_a_decision_led_to_stays": lambda kent: changed(led_to(kent), by_name="Another"),
    "only_a_taken_decision_leads_to_a_notice": lambda kent: again(
        led_to(kent), decision=proposed(kent, number="19/00101")
    ),
    "a_decision_leads_to_a_notice_of_its_agreement": lambda kent: again(
        led_to(kent), decision=again(first(RecordOfDecision, status="taken"), agreement=elsewhere(kent))
    ),
    # Actions.
    "an_action_is_in_a_known_state": lambda kent: past("an_action_starts_open", agreed(kent), state="gone"),
    "an_action_says_what_was_agreed_and_where": lambda kent: again(agreed(kent), what=""),
    "an_action_is_due_when_it_is_agreed_or_later": lambda kent: again(agreed(kent), due_on=date(2019, 1, 1)),
    "actions_are_not_deleted": lambda kent: AgreedAction.objects.filter(pk=agreed(kent).pk)._raw_delete("default"),
    "an_action_starts_open": lambda kent: again(agreed(kent), state="done"),
    "an_action_moves_as_the_table_has_it": lambda kent: changed(action_in(kent, ActionState.DROPPED), state="open"),
    "an_action_moves_with_its_row": lambda kent: changed(agreed(kent), state="done"),
    "an_action_is_owned_by_a_party": lambda kent: again(
        agreed(kent), owner=Organisation.objects.create(name="Nobody", short_name="Nobody")
    ),
    "an_action_is_of_a_meeting_of_its_agreement": lambda kent: again(
        agreed(kent), meeting=again(called(kent), agreement=elsewhere(kent))
    ),
    "what_was_agreed_is_not_edited": lambda kent: changed(agreed(kent), what="Another"),
    "an_action_move_changes_the_state": lambda _: again(action_move(), from_state="open"),
    "an_action_move_says_what_shows_it": lambda _: again(action_move(), from_state="open", to_state="done"),
    "action_moves_are_append_only": lambda _: changed(action_move(), text="Another"),
    "an_action_move_starts_where_the_action_is": lambda _: again(action_move(), from_state="done", text="Not done"),
    # Meetings.
    "a_meeting_is_called_once_for_a_day": lambda kent: again(called(kent)),
    "a_meeting_is_in_a_known_state": lambda kent: past(
        "a_meeting_starts_called", called(kent), title="B", state="gone"
    ),
    "a_meeting_says_what_it_is": lambda kent: again(called(kent), title=""),
    "meetings_are_not_deleted": lambda kent: Meeting.objects.filter(pk=called(kent).pk)._raw_delete("default"),
    "a_meeting_starts_called": lambda kent: again(called(kent), title="Another", state="held"),
    "a_meeting_moves_as_the_table_has_it": lambda kent: changed(
        meeting_in(kent, MeetingState.CANCELLED), state="called"
    ),
    "a_meeting_moves_with_its_row": lambda kent: changed(called(kent), state="held"),
    "a_meeting_stays_what_it_was_called_for": lambda kent: changed(called(kent), title="Another"),
    "a_meeting_move_leads_to_a_known_state": lambda _: again(
        meeting_move(), from_state="called", to_state="gone", reason="Said"
    ),
    "a_meeting_is_moved_or_cancelled_for_a_reason": lambda _: again(
        meeting_move(), from_state="called", to_state="cancelled"
    ),
    "meeting_moves_are_append_only": lambda _: changed(meeting_move(), reason="Another"),
    "a_meeting_move_starts_where_the_meeting_is": lambda _: again(meeting_move(), from_state="held", reason="Not held"),
    "an_agenda_has_one_item_at_a_place": lambda kent: item_twice(called(kent)),
    "an_agenda_item_says_what_it_is": lambda kent: item(called(kent), what=""),
    "agenda_items_are_append_only": lambda _: changed(agenda_item(), what="Another"),
    "the_agenda_of_a_held_meeting_stays": lambda _: again(agenda_item(), position=99),
    "a_note_of_a_meeting_says_something": lambda _: meeting_note(text=""),
    "meeting_notes_are_append_only": lambda _: changed(meeting_note(), text="Another"),
    "only_a_held_meeting_has_notes": lambda kent: meeting_note(meeting=called(kent)),
    # Appraisals.
    "an_appraisal_has_its_own_title": lambda _: again(first(OptionsAppraisal)),
    "an_appraisal_is_for_a_decision_of_its_agreement": lambda kent: again(
        first(OptionsAppraisal), agreement=elsewhere(kent)
    ),
    "an_appraisal_of_a_settled_decision_stays": lambda _: changed(to_settle(), title="Another"),
    "a_criterion_is_named_once_in_an_appraisal": lambda _: again(first(Criterion)),
    "a_weight_is_nought_or_more": lambda _: changed(first(Criterion), weight=Decimal(-1)),
    "criteria_of_a_settled_decision_stay": lambda _: of_settled(Criterion, weight=Decimal(1)),
    "an_option_number_is_used_once": lambda _: again(first(AppraisedOption), is_recommended=False),
    "one_option_is_recommended": lambda _: changed(first(AppraisedOption, number=1), is_recommended=True),
    "options_of_a_settled_decision_stay": lambda _: of_settled(AppraisedOption, name="Another"),
    "an_option_is_scored_once_on_a_criterion": lambda _: again(first(OptionScore)),
    "a_score_is_on_the_scale": lambda _: changed(first(OptionScore), score=Decimal("10.1")),
    "a_score_says_why": lambda _: changed(first(OptionScore), reason=""),
    "scores_of_a_settled_decision_stay": lambda _: of_settled(OptionScore, score=Decimal(1)),
    "a_score_is_of_a_criterion_of_its_appraisal": lambda _: changed(
        first(OptionScore), criterion=criterion_of_another()
    ),
    "an_option_funds_an_element_once": lambda _: again(first(OptionFunding)),
    "an_option_leaves_nought_or_more": lambda _: changed(first(OptionFunding), annual_amount=Decimal(-1)),
    "funding_of_a_settled_decision_stays": lambda _: of_settled(OptionFunding, annual_amount=Decimal(1)),
    "an_option_funds_an_element_of_its_agreement": lambda kent: changed(
        first(OptionFunding), element=element_elsewhere(kent)
    ),
}


def without_discussions(kent: Kent) -> RecordOfDecision:
    """A decision of before the portal that was taken, with nothing that rests on it."""
    return again(first(RecordOfDecision, agreement=kent.agreement, status="taken"), number="1")


def with_move(decision: RecordOfDecision) -> RecordOfDecision:
    """A proposed decision with the row of its being taken."""
    again(first(DecisionMove, decision=decision), from_status="proposed", to_status="taken")
    return decision


def past(trigger: str, row: Model, **changes: object) -> Model:
    """Insert a copy of a row past a trigger that would refuse it first."""
    found = next(one for one in row._meta.triggers if one.name == trigger)  # type: ignore[attr-defined]  # added by pgtrigger
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pgtrigger.ignore = '{{{found.get_pgid(type(row))}}}'")
    return again(row, **changes)


def item(meeting: Meeting, **changes: object) -> AgendaItem:
    said: dict[str, object] = {"meeting": meeting, "position": 1, "heading": "Open", "what": "A notice"}
    return AgendaItem.objects.create(**said | changes)


def item_twice(meeting: Meeting) -> AgendaItem:
    return again(item(meeting))


# A row of each of them that the demo may have none of.
ROWS_OF_DECISIONS: dict[type[Model], Callable[[], Model]] = {
    DecisionMove: decision_move,
    DecisionNotice: lambda: led_to(here()),
    ActionMove: action_move,
    MeetingMove: meeting_move,
    AgendaItem: agenda_item,
    MeetingNote: meeting_note,
}
MOVED_IN_DECISIONS: dict[type[Model], set[str]] = {
    AgreedAction: {"id", "state"},
    Meeting: {"id", "state", "meets_on", "starts_at", "place"},
}
