"""A calendar written from its entries, byte for byte the same for the same entries. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Joint funding portal//Clocks of contract notices//EN"
NAME = "Contract notices"
# How often programs are asked to look again; most decide for themselves.
LOOK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """A clock or a milestone in the calendar: an all-day entry on the day that it is due.

    `changed_at` is when its day was last set and `changes` how often it was set anew: both follow from the rows.
    """

    identity: str
    on: date
    title: str
    text: str
    address: str
    changed_at: datetime
    changes: int


def written(entries: Sequence[Entry]) -> bytes:
    """The calendar of `entries`, those that fall due first coming first."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
    for entry in sorted(entries, key=lambda one: (one.on, one.identity)):
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.identity)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.changes)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", entry.address)
    # The day is no appointment: it does not make anybody busy.
    event.add("transp", "TRANSPARENT")
    return event
