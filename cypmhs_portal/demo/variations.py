"""The split of decision 19/00076 as a variation that KCC proposed: what ends, what falls and what stays.

The amounts are published (000; 004 §1.8 and §6). The day, the notice and who proposed it are made up.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from contracts.actions.variation_drafts import draft_variation, set_part
from contracts.actions.variations import propose_variation
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, User, Variation
from contracts.variations.said import VariationSaid
from contracts.variations.subjects import key_of
from cypmhs_portal.demo.returns import LONDON

PROPOSER = "alex.morgan@kcc.example"
DRAFTED_AT = datetime(2019, 10, 15, 14, 5, tzinfo=LONDON)
PROPOSED_AT = datetime(2019, 10, 16, 9, 40, tzinfo=LONDON)
DECISION = "19/00076"
# Of the £240,000 for KHNES £200,000 goes through the DSG High Needs arrangements (000; 004 §6).
KHNES_KEEPS = "40000"
SAID: dict[str, Any] = {
    "title": "Split of the council’s investment",
    "reason": "The clinical elements stay in the contract. Early Help has not delivered what was agreed and ends; most "
    "of the money for KHNES goes through the DSG High Needs arrangements, and the rest pays for a named resource. "
    "£1.257m a year is retained. Sample dates: the decision is still to be taken.",
    "in_force_from": date(2020, 6, 1),
    "notice_given_on": date(2019, 12, 1),
    "notice_months": 6,
}


@transaction.atomic
def load_variations(agreement: Agreement) -> int:
    """The proposed split, where the agreement has no variation yet; returns how many were made."""
    if agreement.variations.exists():
        return 0
    by = Actor.person(User.objects.get(email=PROPOSER))
    decision = agreement.decisions.get(number=DECISION)
    said = VariationSaid(**SAID, decision=decision.pk)
    draft = draft_variation(agreement, said=said, by=by, at=DRAFTED_AT)
    _change(draft, by)
    propose_variation(draft, by=by, at=PROPOSED_AT)
    return 1


def _change(draft: Variation, by: Actor) -> None:
    council = Organisation.objects.get(short_name="KCC")
    elements = {one.code: one.pk for one in draft.agreement.elements.order_by("pk")}
    changes: list[tuple[str, str, dict[str, str | int | None] | None]] = [
        ("element", key_of(elements["ehu"]), None),
        ("funding", key_of(council.pk, elements["ehu"]), None),
        ("funding", key_of(council.pk, elements["khnes"]), {"annual_amount": KHNES_KEEPS}),
    ]
    for subject, thing, values in changes:
        set_part(draft, subject=subject, thing=thing, values=values, by=by, at=DRAFTED_AT)
