"""A wording filled in with made-up values, for who edits it."""

from typing import NamedTuple

from contracts.letters.names import filled
from contracts.letters.sides import names_of_parties
from contracts.models import LetterTemplate, PartyRole
from contracts.papers.paper import paragraphs_of

MADE_UP = {
    "notice": "Contract Performance Notice 2019/02",
    "number": "2019/02",
    "kind": "Contract Performance Notice",
    "clause": "General Condition 9",
    "subject": "Early Help caseload",
    "element": "Early Help Units",
    "asked_by": "Alex Morgan",
    "by": "Helen Marsh",
    "served_on": "3 September 2019",
    "on": "3 September 2019",
    "step": "Contract management meeting",
    "who_acts": "the coordinating commissioner and the provider",
    "due_on": "17 September 2019",
    "days": "10 Operational Days",
    "reason": "The caseload has been below what was agreed for three months.",
    "amount": "2% of the monthly instalment of Early Help Units",
}


class Preview(NamedTuple):
    """A letter as it would look."""

    title: str
    paragraphs: tuple[str, ...]


def preview_of(template: LetterTemplate) -> Preview:
    """The wording with the agreement's own parties and kind of notice, and made-up values for the rest."""
    parties = names_of_parties(template.agreement)
    values = MADE_UP | {
        "agreement": f"{template.agreement.name} ({template.agreement.reference})",
        "provider": parties.get(PartyRole.PROVIDER, ""),
        "commissioner": parties.get(PartyRole.COORDINATING_COMMISSIONER, ""),
        "council": parties.get(PartyRole.COUNCIL, ""),
    }
    if template.kind is not None:
        kind = template.kind
        values |= {"kind": kind.name, "clause": kind.clause, "notice": f"{kind.name} 2019/02"}
    texts = tuple(one.text for one in paragraphs_of(filled(template.body, values)))
    return Preview(filled(template.title, values), texts)
