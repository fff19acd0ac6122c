"""What breaks each constraint and trigger of due days and reminders."""

from datetime import date

from contracts.models import ReturnDueDay
from performance.models import Reminder, ReminderRule, Return
from tests.invariants.refusals import Refusals, again, changed, elsewhere, first
from tests.kent import DEMO_MOMENT, Kent


def reminded_twice(_kent: Kent) -> None:
    held = first(Return)
    for _ in range(2):
        Reminder.objects.create(
            of_return=held,
            operational_days=1,
            due_on=held.due_on,
            address="somebody@nelft.example",
            written_at=DEMO_MOMENT,
        )


OF_OBLIGATIONS: Refusals = {
    "due_days_of_an_agreement_do_not_overlap": lambda _: again(first(ReturnDueDay), in_force_from=date(2019, 6, 1)),
    "a_due_day_ends_after_it_starts": lambda _: changed(first(ReturnDueDay), in_force_until=date(2017, 8, 31)),
    "a_return_is_due_within_sixty_days": lambda _: changed(first(ReturnDueDay), operational_day=61),
    "a_due_day_keeps_its_agreement": lambda kent: changed(first(ReturnDueDay), agreement=elsewhere(kent)),
    "an_agreement_reminds_once_for_a_day": lambda _: again(first(ReminderRule)),
    "a_reminder_goes_out_near_the_day": lambda _: changed(first(ReminderRule), operational_days=61),
    "a_reminder_keeps_its_agreement": lambda kent: changed(first(ReminderRule), agreement=elsewhere(kent)),
    "a_reminder_goes_to_an_address_once": reminded_twice,
}
