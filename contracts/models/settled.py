"""Triggers that keep what rests on a decision as it was once the decision is settled."""

import pgtrigger

from contracts.decision_moves import SETTLED

SETTLED_VALUES = ", ".join(f"'{status.value}'" for status in SETTLED)
DECISIONS = "contracts_recordofdecision"


def is_settled(decision: str) -> str:
    """Whether the decision with the key `decision` is taken or withdrawn, in SQL."""
    return f"EXISTS (SELECT 1 FROM {DECISIONS} WHERE id = {decision} AND status IN ({SETTLED_VALUES}))"


def stays(name: str, when: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Refuse to write or take away a row for which the SQL condition `when` holds.

    `OLD` is the row before, null for a new one; `NEW` the row after, null for one that is deleted.
    """
    message = name.replace("_", " ")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=(
            f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
            f"MESSAGE = 'refused: {message}'; END IF; RETURN COALESCE(NEW, OLD);"
        ),
    )
