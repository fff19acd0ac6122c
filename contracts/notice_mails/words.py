"""What an e-mail about a notice says: what happened, who did it, and what the notice waits for. No figures."""

from typing import NamedTuple

from contracts.formatting import weekday
from contracts.levers.ladder import is_open
from contracts.levers.who_may import steps_of
from contracts.levers.wording import name_of_stage, stands_at
from contracts.models import Event, Notice

# What somebody did, by the name of its event, after their name and before the notice's.
DONE = {
    "notice asked for": ("asked for", "asked for"),
    "notice served": ("served", "served"),
    "notice declined": ("declined", "declined to serve"),
    "notice taken back": ("request taken back", "took back the request for"),
    "notice acknowledged": ("acknowledged", "acknowledged"),
    "notice answered": ("answered", "answered"),
    "notice noted on": ("note added", "added a note to"),
    "plan proposed": ("plan proposed", "proposed a plan under"),
    "plan agreed": ("plan agreed", "agreed the plan under"),
    "milestone recorded": ("milestone recorded", "recorded a milestone of the plan under"),
    "clock change proposed": ("change of its clock proposed", "proposed a change of the clock of"),
    "clock change agreed": ("change of its clock agreed", "agreed a change of the clock of"),
    "clock change refused": ("change of its clock refused", "refused a change of the clock of"),
    "clock change taken back": ("change of its clock taken back", "took back a proposed change of the clock of"),
    "clock timed anew": ("it is due on another day", "timed anew, because the bank holidays changed, the clock of"),
}


class MailWords(NamedTuple):
    """The subject and the text of an e-mail, without its link."""

    subject: str
    text: str


def words_of(event: Event, notice: Notice) -> MailWords:
    """What is said of `event`, as the notice stands after it."""
    stands = stands_at(notice.stage, steps_of(notice))
    short, done = DONE.get(event.action, (event.action, ""))
    if event.action == "notice moved":
        short, said = f"it {stands}", f"{event.actor_name} moved {notice.title}: it {stands} now."
    elif done:
        said = f"{event.actor_name} {done} {notice.title}."
    else:
        said = f"{event.actor_name} acted under {notice.title}: {event.action}."
    return MailWords(f"{notice.title}: {short}", f"{said}\n\nIt is about: {notice.subject}\n\n{_waits_for(notice)}")


def _waits_for(notice: Notice) -> str:
    """What comes next, and by when."""
    if not is_open(notice.stage):
        return "Nothing more is to be done under it."
    if not notice.was_served:
        return "It waits for the coordinating commissioner to serve or decline it."
    name = name_of_stage(notice.stage, steps_of(notice))
    clock = notice.clocks.filter(ended_on__isnull=True).first()
    return f"It waits for: {name}, by {weekday(clock.due_on)}" if clock else f"It waits for: {name}"
