"""Why a change of a clock may not be proposed, or not be answered by whom."""

from datetime import date

from contracts.actions.entitled import Acting
from contracts.actions.refusals import Refused
from contracts.formatting import day
from contracts.models import ClockChange, ClockChangeKind, NoticeClock
from contracts.operational_days import ONE_DAY

LONGEST_REASON = 400
LONGEST_EXTENSION = 250


def refuse_proposal(clock: NoticeClock, change: ClockChange) -> None:
    """Refuse what is no extension and no pause of this held clock, or comes while another proposal is open."""
    if clock.changes.filter(answer="").exists():
        raise Refused("A change of this clock is proposed already. It must be answered, or taken back, first.")
    if change.kind == ClockChangeKind.EXTENSION:
        _refuse_extension(change)
    else:
        _refuse_pause(clock, change)


def refuse_what_changes_nothing(clock: NoticeClock, due_on: date) -> None:
    """Refuse a change that leaves the clock due when it is: its days are paused already, or do not count anyway."""
    if due_on == clock.due_on:
        raise Refused(
            f"The clock would still be due on {day(due_on)}: none of these days counts now. Choose days that the clock "
            "counts."
        )


def refuse_answer(change: ClockChange, acting: Acting) -> None:
    """Refuse an answer that does not come from the other side."""
    if acting.person.pk == change.proposed_by_id:
        raise Refused("Nobody agrees or refuses what they themselves proposed. You may take it back.")
    if acting.organisation == change.proposed_for:
        raise Refused(f"{change.proposed_for.short_name} proposed this, so the other side answers it.")


def _refuse_extension(change: ClockChange) -> None:
    if change.paused_from or change.paused_until:
        raise Refused("An extension has no days of a pause. Propose one or the other.")
    if change.extra is None or not 1 <= change.extra <= LONGEST_EXTENSION:
        raise Refused(f"An extension is by a whole number from 1 to {LONGEST_EXTENSION}.")


def _refuse_pause(clock: NoticeClock, change: ClockChange) -> None:
    first, until = change.paused_from, change.paused_until
    if first is None or until is None or change.extra is not None:
        raise Refused("A pause has a first day and the day on which the clock runs again, and nothing else.")
    if until <= first:
        raise Refused(f"The clock must run again after {day(first)}, the first day of the pause.")
    if first <= clock.started_on:
        raise Refused(
            f"The clock started on {day(clock.started_on)}, which does not count. A pause begins on "
            f"{day(clock.started_on + ONE_DAY)} or later."
        )
    if first > clock.due_on:
        raise Refused(f"The clock is due on {day(clock.due_on)}. A pause that begins later changes nothing.")
    latest = latest_end_of_a_pause(clock)
    if until > latest:
        raise Refused(
            f"The clock must run again on {day(latest)} at the latest: it stands still within the agreement’s term."
        )


def latest_end_of_a_pause(clock: NoticeClock) -> date:
    """The last day on which a pause may end: a clock stands still within the agreement's term, and not for years after.

    A clock that runs beyond the term is held against the day that it is due on.
    """
    return max(clock.notice.agreement.ends_on, clock.due_on)
