"""What the pages say about blank returns and nil returns: which may be had, and what one would state."""

from dataclasses import dataclass
from datetime import date

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.formatting import month_name
from contracts.models import Agreement
from contracts.periods import add_months
from contracts.permissions import Permission
from performance.blank_return import blank_return
from performance.corrections import corrects
from performance.form import AskedMeasure, ReturnForm, Sheet
from performance.models import Return, State
from performance.reported import named
from performance.return_pages.sight import Names, names_in
from performance.workbook.blank import Blank, rows_asked

MONTHS_SHOWN = 3
DONE = (State.DRAFT, State.SUBMITTED, State.ACCEPTED)


def months_to_fill_in(agreement: Agreement, on: date) -> tuple[date, ...]:
    """The months whose blank return is wanted on the day `on`, the oldest first.

    They have begun and have no version under way or accepted; the latest three of them.
    """
    begun = months_of(agreement).required(add_months(on.replace(day=1), 1))
    held = agreement.returns.filter(versions__state__in=DONE).values_list("month", flat=True)
    there = set(held)
    return tuple(month for month in begun if month not in there)[-MONTHS_SHOWN:]


def has_blank(standing: Standing, month: date) -> bool:
    """Whether the reader may have a blank return of `month`, or state a nil return."""
    return standing.may(Permission.UPLOAD_RETURN) and months_of(standing.agreement).requires(month)


@dataclass(frozen=True, slots=True)
class NilPage:
    """What a nil return of a month would state. `why_not` is set where none can be stated now."""

    month: date
    names: Names
    why_not: str
    needs_why: bool
    draft: int | None
    numbers: int
    earlier_month: date | None
    above_nought: int
    unreported: tuple[str, ...]


def nil_page(agreement: Agreement, month: date, *, on: date) -> NilPage:
    """Everything the page of a nil return shows. Raises `NotAsked` for a month without a return."""
    blank = blank_return(agreement, month, is_exact=True)
    of_return = agreement.returns.filter(month=month).first()
    in_progress = _in_progress(of_return)
    return NilPage(
        month=month,
        names=names_in(agreement),
        why_not=_why_not(month, on, in_progress),
        needs_why=of_return is not None and corrects(of_return),
        draft=in_progress.get(State.DRAFT),
        numbers=_numbers(blank.form),
        earlier_month=blank.earlier_month,
        above_nought=sum(value > 0 for value in blank.values.values()),
        unreported=_unreported(blank),
    )


def _in_progress(of_return: Return | None) -> dict[str, int]:
    """The numbers of the versions in progress, by state."""
    versions = of_return.versions.filter(state__in=[State.DRAFT, State.SUBMITTED]) if of_return else ()
    return {version.state: version.number for version in versions}


def _why_not(month: date, on: date, in_progress: dict[str, int]) -> str:
    if add_months(month, 1) > on:
        return f"{month_name(month)} has not ended. A return is of a month that has ended."
    waiting = in_progress.get(State.SUBMITTED)
    if waiting is not None:
        return (
            f"Version {waiting} is signed off and waits for acceptance. "
            "Your signatory can withdraw it; then a nil return can be stated."
        )
    return ""


def _numbers(form: ReturnForm) -> int:
    """How many numbers the month is asked for."""
    rows = (row for sheet in Sheet for row in rows_asked(sheet, form))
    return sum(form.asks_for(slot.measure) for row in rows for slot in row.slots.values())


def _unreported(blank: Blank) -> tuple[str, ...]:
    """What the last accepted return gave a reason for, and the month is asked for again."""
    keys = {measure for measure, _ in blank.unreported}
    return tuple(named(measure) for measure in blank.form.measures if _is_among(measure, keys, blank.form))


def _is_among(measure: AskedMeasure, keys: set[int], form: ReturnForm) -> bool:
    return measure.key in keys and form.asks_for(measure)
