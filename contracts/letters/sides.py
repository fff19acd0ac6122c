"""Whom a letter is from and to: the parties' whole names, by the role they have in the agreement."""

from django.utils.text import get_text_list

from contracts.models import Agreement


def names_of_parties(agreement: Agreement) -> dict[str, str]:
    """The names of the parties by role, several of one role joined: "Kent County Council and Medway Council"."""
    held: dict[str, list[str]] = {}
    for role, name in agreement.parties.order_by("pk").values_list("role", "organisation__name"):
        held.setdefault(role, []).append(name)
    return {role: str(get_text_list(names, "and")) for role, names in held.items()}
