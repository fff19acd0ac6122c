"""What an agreement asks of a monthly return, and what was read from one: plain shapes without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from performance.findings import Finding

WHOLE_SERVICE = "Whole service"


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
    `required` False: the row may be left out or left blank.
    """

    key: int
    sheet: Sheet
    element: str
    label: str
    unit: str
    characteristic: str = ""
    required: bool = True


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
    """Everything an agreement asks of a return.

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
