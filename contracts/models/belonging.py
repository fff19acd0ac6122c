"""Triggers that keep what belongs to one agreement from being linked to a thing of another.

They raise what a check constraint raises, under their own name, so that every refusal reads the same.
"""

from collections.abc import Mapping

import pgtrigger

AREAS = "contracts_area"
ELEMENTS = "contracts_serviceelement"
INDICATORS = "contracts_indicator"
PATHWAYS = "contracts_pathway"
OWN_AGREEMENT = "NEW.agreement_id"


def agreement_of(table: str, column: str) -> str:
    """The agreement of the row of `table` that the row's `column` points at, in SQL."""
    return f"(SELECT agreement_id FROM {table} WHERE id = NEW.{column})"


def works_for(role: str, notice: str, person: str) -> str:
    """Whether the person works for the party in `role` to the agreement of the notice, in SQL; both are SQL too."""
    return f"""EXISTS (SELECT 1 FROM contracts_notice told
    JOIN contracts_party party ON party.agreement_id = told.agreement_id AND party.role = '{role}'
    JOIN contracts_membership held ON held.organisation_id = party.organisation_id AND held.user_id = {person}
    WHERE told.id = {notice})"""


def stays_within_its_agreement(name: str, links: Mapping[str, str], own: str = OWN_AGREEMENT) -> pgtrigger.Trigger:
    """Refuse a row with a link to a thing of another agreement than its own.

    `links` are tables by the column that points at them; `own` is the row's agreement, in SQL.
    """
    is_elsewhere = " OR ".join(f"{agreement_of(table, column)} <> {own}" for column, table in links.items())
    return refuses(name, is_elsewhere)


def refuses(
    name: str, when: str, operation: pgtrigger.Operation = pgtrigger.Insert | pgtrigger.Update, first: str = ""
) -> pgtrigger.Trigger:
    """Refuse a row for which the SQL condition `when`, of NEW and where it is changed OLD, holds.

    `first` is a statement to run before, as one that waits for a lock.
    """
    message = name.replace("_", " ")
    before = f"{first} " if first else ""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=(
            f"{before}IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
            f"MESSAGE = 'refused: {message}'; END IF; RETURN NEW;"
        ),
    )


def refuses_to_delete(name: str, when: str) -> pgtrigger.Trigger:
    """Refuse the deletion of a row for which the SQL condition `when`, of OLD, holds."""
    message = name.replace("_", " ")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=(
            f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
            f"MESSAGE = 'refused: {message}'; END IF; RETURN OLD;"
        ),
    )


def keeps_its_agreement(name: str) -> pgtrigger.Trigger:
    """Refuse to move a row to another agreement: what is linked to it would be left behind."""
    return refuses(name, "NEW.agreement_id <> OLD.agreement_id", pgtrigger.Update)
