"""The e-mail of a reminder: what is asked for, how it stands against its day, and where to do it."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from contracts.operational_days import OperationalCalendar
from contracts.outgoing_mail import mail_of
from performance.lateness import ReturnState, is_late, time_left
from performance.models import Reminder

# What is asked for in each state of a return that is still open.
ASKED = {
    ReturnState.NOT_DUE: "upload",
    ReturnState.DUE: "upload",
    ReturnState.LATE: "upload",
    ReturnState.DRAFT: "sign off",
    ReturnState.SENT_BACK: "answer",
}


def reminder_mail(reminder: Reminder, state: ReturnState, on: date, calendar: OperationalCalendar) -> EmailMessage:
    """The message for `reminder`, whose return is in `state` on the day `on`."""
    context = _context(reminder, state, on, calendar)
    return mail_of("email/reminder.txt", context, to=reminder.address, identity=f"reminder-{reminder.pk}")


def _context(reminder: Reminder, state: ReturnState, on: date, calendar: OperationalCalendar) -> dict[str, object]:
    held = reminder.of_return
    asked, reference = ASKED[state], held.agreement.reference
    page = reverse("return_upload", args=[reference])
    if asked != "upload":
        page = reverse("return_detail", args=[reference, held.month])
    return {
        "month": held.month,
        "due_on": held.due_on,
        "is_late": is_late(held.due_on, on),
        "stands": time_left(held.due_on, on, calendar),
        "asked": asked,
        "agreement": held.agreement,
        "address": settings.PORTAL_ADDRESS + page,
    }
