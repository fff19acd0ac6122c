"""What breaks each constraint and trigger of what is handed over when an element ends."""

from collections.abc import Callable

from django.db.models import Model

from contracts.actions.handover import record_done
from contracts.models import HandoverItem, HandoverRecord, Organisation, Role, StandardHandoverItem
from tests.handover import handover_item, person
from tests.invariants.refusals import Refusals, again, changed, elsewhere, first
from tests.invariants.refusals_of_payments import here
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent


def standard() -> StandardHandoverItem:
    return first(StandardHandoverItem)


def done(kent: Kent) -> HandoverRecord:
    item, by = handover_item(kent), person(kent, Role.PROVIDER_EDITOR)
    return record_done(item, on=DEMO_DAY, evidence="List of today", by=by, at=DEMO_MOMENT)


def of_no_party(kent: Kent) -> None:
    again(handover_item(kent), owner=Organisation.objects.create(name="Elsewhere", short_name="Elsewhere"))


OF_HANDOVER: Refusals = {
    "a_standard_handover_item_is_listed_once": lambda _: again(standard()),
    "a_standard_handover_item_says_what": lambda _: changed(standard(), what=""),
    "a_standard_handover_item_is_of_a_known_party": lambda _: changed(standard(), owner="family"),
    "a_standard_handover_item_is_due_within_two_years": lambda _: changed(standard(), days_after_end=731),
    "a_standard_handover_item_keeps_its_agreement": lambda kent: changed(standard(), agreement=elsewhere(kent)),
    "a_handover_item_says_what": lambda kent: again(handover_item(kent), what=""),
    "handover_items_are_append_only": lambda kent: changed(handover_item(kent), what="Another"),
    "a_handover_item_is_of_a_party": of_no_party,
    "a_handover_record_has_a_known_outcome": lambda kent: again(done(kent), outcome="lost", item=handover_item(kent)),
    "a_handover_record_says_what_shows_it": lambda kent: again(done(kent), text="", item=handover_item(kent)),
    "handover_records_are_append_only": lambda kent: changed(done(kent), text="Another"),
    "a_handover_record_follows_from_the_last": lambda kent: again(done(kent)),
}


ROWS_OF_HANDOVER: dict[type[Model], Callable[[], Model]] = {
    HandoverItem: lambda: handover_item(here()),
    HandoverRecord: lambda: done(here()),
}
