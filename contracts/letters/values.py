"""What fills in a letter: the notice, its parties and its terms as they stand when a move is made."""

from contracts.formatting import day
from contracts.letters.sides import names_of_parties, who_is_to_act
from contracts.letters.terms import LetterTerms, release_of, withheld_in_words
from contracts.models import Notice, NoticeClock, NoticeMove, NoticeStep, PartyRole
from contracts.term_words import length_in_words


def values_of(move: NoticeMove, terms: LetterTerms) -> dict[str, str]:
    """The value of each name in braces for the letter of `move`; empty where there is nothing to say."""
    notice = move.notice
    parties = names_of_parties(notice.agreement)
    step = notice.kind.steps.filter(stage=move.to_stage).first()
    return {
        **_of_notice(notice),
        **_of_step(step, parties),
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


def _of_step(step: NoticeStep | None, parties: dict[str, str]) -> dict[str, str]:
    if step is None:
        return {}
    return {"step": step.name, "who_acts": who_is_to_act(step.who_acts, parties)}


def _of_clock(clock: NoticeClock | None) -> dict[str, str]:
    return {"due_on": day(clock.due_on), "days": length_in_words(clock)} if clock else {}
