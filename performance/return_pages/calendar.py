"""The list of returns: month by month what is due, late, waiting and accepted, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch

from contracts.access import Reader, Standing
from contracts.agreement_months import AgreementMonths, months_of
from contracts.calendar import calendar_for
from contracts.due_days import due_day_sentence
from contracts.formatting import count_of, month_name
from contracts.operational_days import OperationalCalendar
from contracts.periods import financial_year, month_start
from contracts.permissions import Permission
from contracts.return_terms import due_day_terms_of
from performance.first_sign_off import first_signed_on
from performance.lateness import ReturnState, days_late, is_late, lateness, state_of_return, time_left
from performance.models import Return, Version
from performance.return_pages.blank import months_to_fill_in
from performance.return_pages.month_rows import Correction, ReturnRow
from performance.return_pages.rates import Rates, rates_of
from performance.return_pages.sight import returns_required, versions_seen_by
from performance.return_pages.to_do import Task, tasks_for
from performance.return_pages.year_grid import GridYear, year_grid

STATE_OF_VERSION = {
    ReturnState.DRAFT: "draft",
    ReturnState.SUBMITTED: "submitted",
    ReturnState.SENT_BACK: "sent-back",
    ReturnState.ACCEPTED: "accepted",
}
TASKS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Year:
    """The returns of a financial year, newest first."""

    name: str
    rows: tuple[ReturnRow, ...]


@dataclass(frozen=True, slots=True)
class ReturnsPage:
    """The page: years newest first, the returns of months still to come, oldest first, and the reader's tasks."""

    years: tuple[Year, ...]
    grid: tuple[GridYear, ...]
    rates: tuple[Rates, ...]
    to_come: tuple[ReturnRow, ...]
    how_things_stand: str
    tasks: tuple[Task, ...]
    more_tasks: int
    may_upload: bool
    when_due: str
    to_fill_in: tuple[date, ...]


def returns_page(standing: Standing, *, on: date) -> ReturnsPage:
    """Everything the list shows on the day `on`."""
    rows = month_rows(standing, on=on)
    begun = [row for row in rows if row.has_begun(on)]
    tasks = tasks_for(standing, begun)
    may_upload = standing.may(Permission.UPLOAD_RETURN)
    return ReturnsPage(
        years=tuple(Year(name, tuple(held)) for name, held in groupby(begun, lambda row: financial_year(row.month))),
        grid=year_grid(rows, max((row.month for row in begun), default=on)),
        rates=rates_of(rows),
        to_come=tuple(row for row in reversed(rows) if row not in begun),
        how_things_stand=how_returns_stand(begun),
        tasks=tuple(tasks[:TASKS_SHOWN]),
        more_tasks=max(0, len(tasks) - TASKS_SHOWN),
        when_due=due_day_sentence(month_start(on), due_day_terms_of(standing.agreement)),
        may_upload=may_upload,
        to_fill_in=months_to_fill_in(standing.agreement, on) if may_upload else (),
    )


def month_rows(reader: Reader, *, on: date) -> list[ReturnRow]:
    """Every month's return that the agreement requires or has, newest first, as it stands on the day `on`."""
    agreement = reader.agreement
    calendar = calendar_for(agreement.starts_on.year, agreement.ends_on.year + 1)
    seen = Prefetch("versions", versions_seen_by(reader), to_attr="seen")
    returns = returns_required(reader).prefetch_related(seen).order_by("-month")
    months = months_of(agreement)
    return [_row(one, on, calendar, months) for one in returns]


def how_returns_stand(rows: Sequence[ReturnRow]) -> str:
    """One or two sentences about the returns due so far."""
    due = [row for row in rows if row.is_due]
    accepted = sum(row.state is ReturnState.ACCEPTED for row in due)
    late = [row for row in reversed(due) if row.state is ReturnState.LATE]
    if not due:
        return "No return has fallen due yet."
    if accepted == len(due):
        return f"{'Every return' if accepted > 1 else 'The one return'} due so far has been accepted."
    first = f"{accepted or 'None'} of the {count_of(len(due), 'return')} due so far {_is_are(accepted)} accepted."
    if len(late) == 1:
        return f"{first} {month_name(late[0].month)} is {late[0].note}."
    return f"{first} {len(late)} are late, the oldest for {month_name(late[0].month)}." if late else first


def _is_are(number: int) -> str:
    return "is" if number <= 1 else "are"


def _row(one: Return, on: date, calendar: OperationalCalendar, months: AgreementMonths) -> ReturnRow:
    versions: list[Version] = one.seen  # type: ignore[attr-defined]  # the prefetch puts it there
    state = state_of_return(one.month, one.due_on, on, [version.state for version in versions])
    shown = next((v for v in reversed(versions) if v.state == STATE_OF_VERSION.get(state)), None)
    newest = versions[-1].number if versions else None
    first = first_signed_on(versions)
    return ReturnRow(
        month=one.month,
        due_on=one.due_on,
        state=state,
        note=_note(state, one.due_on, on, first, calendar),
        number=shown.number if shown else newest,
        correction=_correction(versions) if state is ReturnState.ACCEPTED else None,
        signed_off_at=shown.submitted_at if shown else None,
        accepted_at=shown.accepted_at if shown else None,
        first_signed_on=first,
        is_due=one.due_on <= on,
        is_required=months.requires(one.month),
        days_late=days_late(one.due_on, first, on, calendar),
    )


def _correction(versions: Sequence[Version]) -> Correction | None:
    states = {"draft": ReturnState.DRAFT, "submitted": ReturnState.SUBMITTED}
    return next((Correction(v.number, states[v.state]) for v in versions if v.state in states), None)


def _note(state: ReturnState, due_on: date, on: date, first: date | None, calendar: OperationalCalendar) -> str:
    """What the state leaves open: how late or how soon, or that the first version came late."""
    if state is ReturnState.NOT_DUE:
        return ""
    if first is None:
        return time_left(due_on, on, calendar)
    return f"signed off {lateness(due_on, first, calendar)}" if is_late(due_on, first) else ""
