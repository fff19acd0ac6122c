"""What the database refuses of variations: the conditions, in SQL, of the triggers of their models."""

import pgtrigger

from contracts.variations.moves import MOVES

VARIATIONS = "contracts_variation"
DECISIONS = "contracts_recordofdecision"
PAIRS = ", ".join(f"('{before.value}', '{to.value}')" for before, to in MOVES if before)
IS_NO_MOVE = f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({PAIRS})"
MOVES_WITHOUT_ROW = """NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM contracts_variationmove
    WHERE variation_id = NEW.id AND from_state = OLD.state AND to_state = NEW.state)"""
MUST_SIGN = """SELECT 1 FROM contracts_variationsignatory asked WHERE asked.variation_id = NEW.id"""
LACKS_A_SIGNATURE = f"""NEW.state = 'agreed' AND OLD.state <> 'agreed' AND (NOT EXISTS ({MUST_SIGN})
    OR EXISTS ({MUST_SIGN} AND NOT EXISTS (SELECT 1 FROM contracts_variationsignature
        WHERE variation_id = NEW.id AND organisation_id = asked.organisation_id)))"""
SIGNED_BY_PROPOSER_ALONE = """NEW.state = 'agreed' AND OLD.state <> 'agreed' AND NOT EXISTS (
    SELECT 1 FROM contracts_variationsignature WHERE variation_id = NEW.id
    AND by_id <> NEW.proposed_by_id AND organisation_id <> NEW.drafted_for_id)"""
SAYS = "title, reason, decision_id, in_force_from, notice_given_on, notice_months, notice_reference"
IS_EDITED = (
    f"OLD.state <> 'draft' AND ({', '.join(f'NEW.{name}' for name in SAYS.split(', '))}) IS DISTINCT FROM "
    f"({', '.join(f'OLD.{name}' for name in SAYS.split(', '))})"
)
IS_NO_DRAFT = f"NOT EXISTS (SELECT 1 FROM {VARIATIONS} WHERE id = {{}}.variation_id AND state = 'draft')"
IS_NOT_OPEN = f"NOT EXISTS (SELECT 1 FROM {VARIATIONS} WHERE id = NEW.variation_id AND state = 'proposed')"
IS_NOT_ASKED = """NOT EXISTS (SELECT 1 FROM contracts_variationsignatory
    WHERE variation_id = NEW.variation_id AND organisation_id = NEW.organisation_id)"""
SIGNS_FOR_ANOTHER = f"""EXISTS (SELECT 1 FROM {VARIATIONS} WHERE id = NEW.variation_id
    AND proposed_by_id = NEW.by_id AND drafted_for_id <> NEW.organisation_id)"""
IS_NO_PARTY = f"""NOT EXISTS (SELECT 1 FROM contracts_party JOIN {VARIATIONS} ON {VARIATIONS}.id = NEW.variation_id
    WHERE contracts_party.agreement_id = {VARIATIONS}.agreement_id
    AND contracts_party.organisation_id = NEW.organisation_id)"""
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {VARIATIONS} WHERE id = NEW.variation_id
    AND state = CASE NEW.from_state WHEN '' THEN NEW.to_state ELSE NEW.from_state END)"""


def stays(name: str, when: str) -> pgtrigger.Trigger:
    """Refuse to delete a row for which `when`, of OLD, holds."""
    message = name.replace("_", " ")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
        f"MESSAGE = 'refused: {message}'; END IF; RETURN OLD;",
    )
