"""What a move starts and ends, in sentences, for who is asked to confirm it."""

from collections.abc import Iterator
from datetime import date

from contracts.formatting import weekday
from contracts.levers.clocks import Clock, Unit, due_day
from contracts.levers.ladder import ENDS, NoticeStage
from contracts.levers.release import release_in_words
from contracts.levers.turns import LEVERS
from contracts.levers.who_may import steps_of
from contracts.levers.wording import name_of_stage
from contracts.models import Notice, NoticeClock
from contracts.notice_pages.clock import agreed_term
from contracts.notice_pages.terms import what_is_withheld
from contracts.queries.held_clocks import calendar_of
from contracts.queries.notice_terms import clock_term, withholding_term

S = NoticeStage
LAST_WORDS = "The notice ends. Nothing can be added to its record then."


def what_starts(notice: Notice, to: NoticeStage, on: date) -> tuple[str, ...]:
    """What moving the notice to `to`, as it happened on the day `on`, starts and ends."""
    return tuple(_sentences(notice, to, on))


def _sentences(notice: Notice, to: NoticeStage, on: date) -> Iterator[str]:
    running = next((clock for clock in notice.clocks.all() if clock.ended_on is None), None)
    if running:
        yield f"The clock of “{name_of_stage(running.stage, steps_of(notice))}” ends{_early(running, to, on)}."
    if to in ENDS:
        yield LAST_WORDS
        return
    yield _clock(notice, to, on)
    term = withholding_term(notice.kind, on) if to == S.WITHHOLDING else None
    if term:
        withheld = what_is_withheld(notice.kind, on)
        yield f"What may be withheld: {withheld}. It is proposed as a deduction when a payment is certified."
        yield release_in_words(on, term.kept_after_months)


def _early(running: NoticeClock, to: NoticeStage, on: date) -> str:
    """That a lever is turned to before the day of the running clock has passed."""
    if to not in LEVERS or on > running.due_on:
        return ""
    return f", although it runs until {weekday(running.due_on)}: there is time until then to put it right"


def _clock(notice: Notice, to: NoticeStage, on: date) -> str:
    name, term = name_of_stage(to, steps_of(notice)), clock_term(notice.kind, to, on)
    if term is None:
        return f"“{name}” begins. No clock runs on it: no number of days is agreed for it."
    clock = Clock(on, term.count, Unit(term.unit))
    due = due_day(clock, calendar_of([clock]))
    return f"A clock starts: “{name}”, within {agreed_term(term)}. It is due by {weekday(due)}."
