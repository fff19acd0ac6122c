"""The moment that somebody looks back to, from how they wrote it. Pure.

Everywhere below the edge such a moment is an aware datetime, and None is now.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from contracts.formatting import day, moment

ENGLAND = ZoneInfo("Europe/London")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
EXPECTED = "Write a date as in 2019-10-16, or a date and time as in 2019-10-16T09:30."


class MomentToComeError(ValueError):
    """A moment that has not come yet; the message says which, and what time it is."""


def moment_written(text: str, now: datetime) -> datetime | None:
    """The moment that `text` names: the end of a day in England, or a date and time exactly; None for now.

    The moment is in UTC, where no hour comes twice. A time without an offset is England's. The day of `now` has not
    ended, so it stands for now. Raises ValueError with a plain sentence for what is no moment, and for one after `now`.
    """
    written = text.strip()
    here = now.astimezone(ENGLAND)
    asked = _read(written)
    if isinstance(asked, datetime):
        is_to_come = asked > here
    elif asked == here.date():
        return None
    else:
        is_to_come = asked > here.date()
        asked = datetime.combine(asked, time.max, ENGLAND).astimezone(UTC)
    if is_to_come:
        raise MomentToComeError(
            f"{in_words(asked)} has not come yet: it is {moment(here)}. Ask for a date or a moment before that."
        )
    return asked


def in_words(as_at: datetime) -> str:
    """ "15 October 2019" for the end of that day, "15 October 2019 at 9:30am" for any other moment."""
    here = as_at.astimezone(ENGLAND)
    return day(here) if here.time() == time.max else moment(here)


def as_written(as_at: datetime) -> str:
    """The moment as an address or a command names it, so that it is read as the same again."""
    here = as_at.astimezone(ENGLAND)
    return here.date().isoformat() if here.time() == time.max else here.isoformat()


def day_of(as_at: datetime) -> date:
    """The day that the moment is on in England."""
    return as_at.astimezone(ENGLAND).date()


def _read(written: str) -> date | datetime:
    try:
        if DAY.fullmatch(written):
            return date.fromisoformat(written)
        if MOMENT.fullmatch(written):
            found = datetime.fromisoformat(written)
            return (found if found.tzinfo else found.replace(tzinfo=ENGLAND)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # A day like 31 September, an hour like 25.
    raise ValueError(f"“{written[:40]}” is no date or moment. {EXPECTED}")
