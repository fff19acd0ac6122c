"""The letter of a move of a notice, written with the move and never changed."""

from datetime import datetime

from django.utils import timezone

from contracts.letters.names import filled
from contracts.letters.terms import LetterTerms
from contracts.letters.values import values_of
from contracts.letters.wording import OWN, Wording
from contracts.levers.occasions import occasion_of
from contracts.models import Letter, LetterTemplate, Notice, NoticeMove, Occasion
from contracts.queries.notice_terms import withheld_under

LONGEST_TITLE = 240
# A wording that names one of these says something of the term behind it.
NAMES_OF_CLOCK = ("{due_on}", "{days}")
NAMES_OF_WITHHELD = ("{amount}", "{release}")


def write_letter(move: NoticeMove, *, at: datetime) -> Letter | None:
    """Write the letter of `move` as its wording and the notice stand now, in the caller's transaction.

    The wording is the administrators' for the kind of notice, else theirs for every kind, else the portal's own.
    None for a move that no letter goes with. Called once the clock of the new stage runs.
    """
    occasion = occasion_of(move)
    if occasion is None:
        return None
    wording = wording_for(move.notice, occasion)
    terms = _terms_named(move, wording)
    values = values_of(move, terms)
    return Letter.objects.create(
        notice=move.notice,
        move=move,
        occasion=occasion,
        title=" ".join(filled(wording.title, values).split())[:LONGEST_TITLE],
        body=filled(wording.body, values) + _to_be_checked(terms, values.get("step", "")),
        written_on=timezone.localtime(at).date(),
        at=at,
    )


def wording_for(notice: Notice, occasion: Occasion) -> Wording:
    """What counts for a kind of notice on an occasion."""
    kept = {
        template.kind_id: Wording(template.title, template.body)
        for template in LetterTemplate.objects.filter(agreement=notice.agreement_id, occasion=occasion)
    }
    return kept.get(notice.kind_id) or kept.get(None) or OWN[occasion]


def _terms_named(move: NoticeMove, wording: Wording) -> LetterTerms:
    """The terms of which the wording says something."""
    text = wording.title + wording.body
    clock = move.notice.clocks.filter(ended_on__isnull=True).select_related("term").first()
    return LetterTerms(
        clock if any(name in text for name in NAMES_OF_CLOCK) else None,
        withheld_under(move.notice, move.on) if any(name in text for name in NAMES_OF_WITHHELD) else None,
    )


def _to_be_checked(terms: LetterTerms, step: str) -> str:
    """What nobody had found in the contract when the letter was written; nothing where all was."""
    unchecked = terms.unchecked(step)
    if not unchecked:
        return ""
    return (
        "\n\nTo be checked against your contract: "
        f"{'; '.join(unchecked)}. Nobody had recorded finding this in the contract when this letter was written."
    )
