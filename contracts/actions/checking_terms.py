"""Recording that a term of contract levers was found in the contract, and where."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contracts import audit
from contracts.actions.entitled import entitled
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import Agreement, StepClock, WithholdingTerm
from contracts.permissions import Permission
from contracts.term_words import term_in_words

Term = StepClock | WithholdingTerm
LONGEST_REFERENCE = 120


@transaction.atomic
def check_term(term: Term, *, reference: str, by: Actor, at: datetime) -> Term:
    """Record that somebody found the term, as `term` says it, at `reference` in the contract. Raises Refused.

    From then on its days stay as they are: another day count is another term.
    """
    rows: QuerySet[Term] = type(term)._default_manager.select_for_update(of=("self",), no_key=True)
    now = rows.get(pk=term.pk)
    agreement = agreement_of_term(now)
    acting = entitled(agreement, Permission.CHECK_TERMS, by)
    _refuse(now, term)
    now.checked_reference = needed(reference, "Where the contract has it", LONGEST_REFERENCE)
    now.checked_by, now.checked_on = acting.person, timezone.localtime(at).date()
    now.save(update_fields=["checked_reference", "checked_by", "checked_on"])
    audit.record(
        "term checked against the contract",
        by=by,
        agreement=agreement,
        subject=str(now),
        after={"term": term_in_words(now), "found at": now.checked_reference},
    )
    return now


def agreement_of_term(term: Term) -> Agreement:
    """The agreement that a term is of."""
    return (term.step.kind if isinstance(term, StepClock) else term.kind).agreement


def _refuse(now: Term, seen: Term) -> None:
    if now.checked_reference:
        assert now.checked_by is not None  # the database keeps all three or none
        raise Refused(
            f"{now.checked_by.get_full_name()} recorded on {day(now.checked_on)} that this term stands at "
            f"“{now.checked_reference}”. There is nothing left to record of it."
        )
    if term_in_words(now) != term_in_words(seen):
        raise Refused(f"This term was changed meanwhile and is now: {term_in_words(now)}. Check that, and record it.")
