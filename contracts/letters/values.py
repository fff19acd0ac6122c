"""What fills in a letter: the notice, its parties and its terms as they stand when a move is made."""

from dataclasses import replace

from contracts.formatting import day
from contracts.letters.sides import names_of_parties
from contracts.letters.terms import LetterTerms, release_of, withheld_in_words
from contracts.levers.turns import waiting_of, whose_turn
from contracts.models import Notice, NoticeClock, NoticeMove, PartyRole
from contracts.term_words import length_in_words


def values_of(move: NoticeMove, terms: LetterTerms) -> dict[str, str]:
    """The value of each name in braces for the letter of `move`; empty where there is nothing to say."""
    notice = move.notice
    parties = names_of_parties(notice.agreement)
    return {
        **_of_notice(notice),
        **_of_step(move, parties),
        **_of_clock(terms.clock),
        "provider": parties.get(PartyRole.PROVIDER, ""),
        "commissioner": parties.get(PartyRole.COORDINATING_COMMISSIONER, ""),
        "council": parties.get(PartyRole.COUNCIL, ""),
        "by": move.by_name,
        "on": day(move.on),
        "reason": move.reason or notice.reason,
        "amount": withheld_in_words(terms.withheld, notice) if terms.withheld else "",
        "release": release_of(terms.withheld),
    }


def _of_notice(notice: Notice) -> dict[str, str]:
    return {
        "notice": notice.title,
        "number": notice.short_number,
        "kind": notice.kind.name,
        "clause": notice.kind.clause,
        "subject": notice.subject,
        "element": notice.element.name if notice.element else "",
        "agreement": f"{notice.agreement.name} ({notice.agreement.reference})",
        "asked_by": notice.asked_by_name,
        "served_on": day(notice.served_on),
    }


def _of_step(move: NoticeMove, parties: dict[str, str]) -> dict[str, str]:
    """What the notice waits for from the day of the move on, and who is to do it."""
    step = move.notice.kind.steps.filter(stage=move.to_stage).first()
    waiting = replace(waiting_of(move.notice), stage=move.to_stage)
    return {"step": step.name, "who_acts": whose_turn(waiting, parties)} if step else {}


def _of_clock(clock: NoticeClock | None) -> dict[str, str]:
    return {"due_on": day(clock.due_on), "days": length_in_words(clock)} if clock else {}
