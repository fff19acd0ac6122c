"""What a move starts and ends, in sentences, for who is asked to confirm it."""

from collections.abc import Iterator
from datetime import date

from contracts.formatting import weekday
from contracts.levers.clocks import Clock, Unit, due_day
from contracts.levers.ladder import ENDS, NoticeStage
from contracts.levers.release import release_in_words
from contracts.levers.wording import name_of_stage
from contracts.models import Notice
from contracts.notice_pages.clock import agreed_term
from contracts.notice_pages.next_steps import named_steps
from contracts.notice_pages.terms import clock_term, what_is_withheld, withholding_in_force
from contracts.queries.held_clocks import calendar_of

S = NoticeStage
LAST_WORDS = "The notice ends. Nothing can be added to its record then."


def what_starts(notice: Notice, to: NoticeStage, on: date) -> tuple[str, ...]:
    """What moving the notice to `to`, as it happened on the day `on`, starts and ends."""
    return tuple(_sentences(notice, to, on))


def _sentences(notice: Notice, to: NoticeStage, on: date) -> Iterator[str]:
    running = next((clock for clock in notice.clocks.all() if clock.ended_on is None), None)
    if running:
        yield f"The clock of “{name_of_stage(running.stage, named_steps(notice))}” ends."
    if to in ENDS:
        yield LAST_WORDS
        return
    yield _clock(notice, to, on)
    term = withholding_in_force(notice.kind, on) if to == S.WITHHOLDING else None
    if term:
        withheld = what_is_withheld(notice.kind, on)
        yield f"What may be withheld: {withheld}. It is proposed as a deduction when a payment is certified."
        yield release_in_words(on, term.kept_after_months)


def _clock(notice: Notice, to: NoticeStage, on: date) -> str:
    name, term = name_of_stage(to, named_steps(notice)), clock_term(notice.kind, to, on)
    if term is None:
        return f"“{name}” begins. No clock runs on it: no number of days is agreed for it."
    clock = Clock(on, term.count, Unit(term.unit))
    due = due_day(clock, calendar_of([clock]))
    return f"A clock starts: “{name}”, within {agreed_term(term)}. It is due by {weekday(due)}."
