"""The six actions that KCC and West Kent CCG agreed in 2019, what became of each as far as the papers say, a meeting.

Five are those of 003 §4.1 and the sixth is that of 003 §3.4. The papers give no deadlines: those here are made up, and
marked so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from contracts.actions.agreed_actions import WhatWasAgreed, keep_action, record_done
from contracts.actions.meetings import WhenAndWhere, call_meeting
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, Role, User

LONDON = ZoneInfo("Europe/London")
AGREED_AT = "Review of the section 76 arrangement by KCC and West Kent CCG"
REPORTED = date(2019, 6, 28)  # the meeting that 003 was written for
MEETING = "Contract monitoring meeting"


@dataclass(frozen=True, slots=True)
class PaperAction:
    """An action of the papers; `done` is the day and what shows it, None where the papers do not say that it is."""

    what: str
    owner: str
    person: str
    due_on: date
    source: str
    done: tuple[date, str] | None = None


ACTIONS = (
    PaperAction(
        "Confirm that KCC is the key stakeholder in the contract monitoring of the services it funds, West Kent CCG "
        "remaining the commissioner and contract lead",
        "West Kent CCG",
        "",
        date(2019, 7, 31),
        "003 §4.1",
        (REPORTED, "KCC is now invited to the technical contract monitoring meetings (003 §3.4)."),
    ),
    PaperAction(
        "Put the agreed process for monitoring activity and outcome targets of the KCC-funded elements into practice",
        "NELFT",
        "with KCC’s operational and ICT teams",
        date(2019, 9, 30),
        "003 §4.1",
        (date(2019, 10, 1), "Contract monitoring was improved, and performance can be seen better (004 §1.13)."),
    ),
    PaperAction(
        "Commission a financial audit of NELFT’s expenditure since the start of the contract, to show how and where "
        "KCC’s money was spent",
        "West Kent CCG",
        "",
        date(2019, 9, 30),
        "003 §4.1; still under way in 000",
    ),
    PaperAction(
        "Use open-book accounting for the contract, to show month by month how KCC’s money is spent",
        "West Kent CCG",
        "",
        date(2019, 10, 31),
        "003 §4.1",
    ),
    PaperAction(
        "Apply the contract’s levers (Activity Query Notice, Contract Performance Notice) to drive performance, "
        "provision of data included, with sanctions where it stays away",
        "West Kent CCG",
        "",
        date(2019, 9, 30),
        "003 §4.1",
        (REPORTED, "Available contract sanctions were applied (003, summary); the payment for KHNES was reduced "
         "(004 §2.8)."),
    ),
    PaperAction(
        "Refer all Early Help cases through the Single Point of Access",
        "NELFT",
        "with KCC’s Early Help units",
        date(2019, 9, 30),
        "003 §3.4",
    ),
)  # fmt: skip


def load_actions(agreement: Agreement, people: dict[Role, User]) -> int:
    """The six actions and the next meeting, where there are none yet. Returns how many actions were written down."""
    if agreement.agreed_actions.exists():
        return 0
    by = Actor.person(people[Role.COUNCIL_COMMISSIONER])
    owners = {one.short_name: one for one in Organisation.objects.filter(parties__agreement=agreement)}
    for action in ACTIONS:
        _load(agreement, action, owners[action.owner], by)
    meets = WhenAndWhere(date(2019, 10, 24), time(14, 0), "Sessions House, Maidstone")
    call_meeting(agreement, title=MEETING, meets=meets, by=by, at=_at(date(2019, 10, 10)))
    return len(ACTIONS)


def _load(agreement: Agreement, action: PaperAction, owner: Organisation, by: Actor) -> None:
    agreed = WhatWasAgreed(
        what=action.what,
        owner=owner,
        owner_person=action.person,
        due_on=action.due_on,
        due_is_illustrative=True,
        agreed_at=AGREED_AT,
        agreed_on=REPORTED,
        source=action.source,
    )
    kept = keep_action(agreement, agreed, by=by, at=_at(REPORTED))
    if action.done:
        on, evidence = action.done
        record_done(kept, on=on, evidence=evidence, by=by, at=_at(on))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16, 0), LONDON)
