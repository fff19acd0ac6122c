"""Starting and ending the clock of a stage."""

from datetime import date, datetime

from contracts.actions.entitled import Acting
from contracts.calendar import calendar_for
from contracts.levers.clocks import Clock, Unit, due_day
from contracts.models import ClockAnswer, ClockChange, Notice, NoticeClock
from contracts.queries.notice_terms import clock_term

YEARS_AHEAD = 3


def start_clock(notice: Notice, *, on: date) -> NoticeClock | None:
    """Start the clock of the stage that the notice came into on the day `on`; None where no term is in force."""
    term = clock_term(notice.kind, notice.stage, on)
    if term is None:
        return None
    calendar = calendar_for(on.year, on.year + YEARS_AHEAD)
    return NoticeClock.objects.create(
        notice=notice,
        stage=notice.stage,
        term=term,
        started_on=on,
        count=term.count,
        unit=term.unit,
        due_on=due_day(Clock(on, term.count, Unit(term.unit)), calendar),
    )


def end_clock(notice: Notice, *, on: date, by: Acting, at: datetime) -> None:
    """End the clock that runs on the notice, and take back what was proposed to change it and not answered."""
    for clock in notice.clocks.select_for_update(no_key=True).filter(ended_on__isnull=True):
        ClockChange.objects.filter(clock=clock, answer="").update(
            answer=ClockAnswer.TAKEN_BACK,
            answered_by=by.person,
            answered_by_name=by.person.get_full_name(),
            answered_for=by.organisation,
            answered_at=at,
        )
        clock.ended_on = on
        clock.save(update_fields=["ended_on"])
