"""What a notice leads to beyond its record, in sentences: told by the apps above, which alone know.

An app registers its source when it is ready; the page of a notice asks for all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.access import Reader
from contracts.models import Notice


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows from a notice; `amount` in pounds and `month` where it is money of a month.

    `is_proposed` says that nobody has decided on it yet. `url` is where it stands, empty where nowhere.
    """

    sentence: str
    amount: Decimal | None = None
    month: date | None = None
    is_proposed: bool = False
    url: str = ""


Source = Callable[[Notice, Reader, date], Iterable[Consequence]]
SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Make a source of consequences known; one that is registered again replaces itself."""
    SOURCES[name] = source


def consequences_of(notice: Notice, reader: Reader, on: date) -> tuple[Consequence, ...]:
    """All that follows from `notice` on the day `on`, as far as `reader` may learn of it."""
    return tuple(one for source in SOURCES.values() for one in source(notice, reader, on))
