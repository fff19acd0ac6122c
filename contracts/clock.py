"""The portal's clock: the one place where today and now are read.

In demo mode the portal lives on a fixed day (`PORTAL_TODAY`). Tokens, sessions and the audit trail keep
real time and do not come here. Views, commands and tasks read the clock and pass `on` or `at` inwards.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def demo_day() -> date | None:
    """The day the demo lives on, or None outside demo mode."""
    day: date | None = settings.PORTAL_TODAY
    return day


def today() -> date:
    """Today in the portal's time zone, or the demo's day."""
    return demo_day() or timezone.localdate()


def now() -> datetime:
    """This moment, moved to the demo's day in demo mode."""
    moment = timezone.localtime()
    day = demo_day()
    return moment if day is None else moment.replace(year=day.year, month=day.month, day=day.day)
