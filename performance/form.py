"""What an agreement asks of a monthly return, and what was read from one: plain shapes without a database."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from contracts.periods import end_month, month_start
from performance.findings import Finding

WHOLE_SERVICE = "Whole service"
Days = tuple[date | None, date | None]


class Sheet(StrEnum):
    """The sheets with numbers in format version 1, by the name on their tab."""

    ACTIVITY = "Activity"
    CASELOAD = "Caseload by pathway"
    WORKFORCE = "Workforce"
    OPEN_BOOK = "Open book"
    EQUALITY = "Equality"


class RuleKind(StrEnum):
    """How two measures must agree."""

    PART_OF = "part of"
    SAME_AS = "same as"
    ADDS_UP_TO = "adds up to"


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """One measure: a row of a sheet, or on Workforce a column of it.

    `element` is the service element's name, or "" (also "Whole service") for a measure of the whole service.
    `unit` decides how a number is read: "WTE" with decimals, "pounds" with pence, anything else as a whole count.
    `required` False: the row may be left out, and if it is there it has its number. It is asked for from
    `first_month` until before `end_month`, None while no end is known; in other months it may still be there, and is
    read.
    """

    key: int
    sheet: Sheet
    element: str
    label: str
    unit: str
    characteristic: str = ""
    required: bool = True
    first_month: date = date.min
    end_month: date | None = None

    def is_asked_in(self, month: date) -> bool:
        """Whether a return of `month` is asked for it."""
        return self.first_month <= month and (self.end_month is None or month < self.end_month)


@dataclass(frozen=True, slots=True)
class AskedArea:
    """An area; exactly one of a form has no parent and is the whole."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """`measure` and `against` are keys of measures.

    PART_OF: not above, area by area. SAME_AS: equal, area by area. ADDS_UP_TO: all measures of one characteristic
    with the same `against` add to it, over the whole area.
    """

    kind: RuleKind
    measure: int
    against: int


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """Everything an agreement asks of a return: of any month, or of `month`.

    `provider` is an ODS code; `end_month` is the first month no longer asked for; `tolerance` is in percent
    (Decimal("25") is 25 %), None where the agreement has none.
    """

    agreement: str
    provider: str
    first_month: date
    end_month: date
    areas: tuple[AskedArea, ...]
    measures: tuple[AskedMeasure, ...]
    rules: tuple[Rule, ...]
    tolerance: Decimal | None
    month: date | None = None

    def for_month(self, month: date) -> "ReturnForm":
        """The form as a return of `month` is read by: what is not asked for in it may be left out."""
        measures = (one if one.is_asked_in(month) else replace(one, required=False) for one in self.measures)
        return replace(self, measures=tuple(measures), month=month)

    def asks_for(self, measure: AskedMeasure) -> bool:
        """Whether the month's return is asked for `measure`; while no month is known, every measure is."""
        return self.month is None or measure.is_asked_in(self.month)

    @property
    def whole(self) -> AskedArea:
        """The area that all others are part of."""
        return next(area for area in self.areas if area.parent is None)

    @property
    def parts(self) -> tuple[AskedArea, ...]:
        """The areas without areas under them, which Workforce is reported by; the whole, where it stands alone."""
        parents = {area.parent for area in self.areas}
        return tuple(area for area in self.areas if area.code not in parents)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One number of a return, or the reason why it was not reported (then `value` is None).

    `cell` is where the number stands, or the reason when there is no number.
    """

    measure: int
    area: str
    value: Decimal | None
    not_reported_because: str
    comment: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, as far as it could be read, and everything found on the way."""

    agreement: str | None
    provider: str | None
    month: date | None
    prepared_by: str
    prepared_on: date | None
    lines: tuple[ReadLine, ...]
    findings: tuple[Finding, ...]


def months_asked(*ranges: Days) -> tuple[date, date | None]:
    """The first month with a day in each of the half-open `ranges` of days, and the first after it; None without end.

    A measure is asked for while it is in force and so is its element (domain.md, "The agreement").
    """
    firsts = [month_start(first) for first, _ in ranges if first is not None]
    ends = [end_month(until) for _, until in ranges if until is not None]
    return max(firsts, default=date.min), min(ends, default=None)
