"""Whom a letter is from and to: the parties' whole names, by the role they have in the agreement."""

from django.utils.text import get_text_list

from contracts.models import Agreement, PartyRole, WhoActs


def names_of_parties(agreement: Agreement) -> dict[str, str]:
    """The names of the parties by role, several of one role joined: "Kent County Council and Medway Council"."""
    held: dict[str, list[str]] = {}
    for role, name in agreement.parties.order_by("pk").values_list("role", "organisation__name"):
        held.setdefault(role, []).append(name)
    return {role: str(get_text_list(names, "and")) for role, names in held.items()}


def who_is_to_act(who_acts: str, parties: dict[str, str]) -> str:
    """The names of who is to do what a stage waits for; the roles where no such party is there."""
    roles = {
        WhoActs.COMMISSIONER: (PartyRole.COORDINATING_COMMISSIONER,),
        WhoActs.PROVIDER: (PartyRole.PROVIDER,),
        WhoActs.BOTH: (PartyRole.COORDINATING_COMMISSIONER, PartyRole.PROVIDER),
    }
    named = [parties.get(role) or role.label for role in roles[WhoActs(who_acts)]]
    return str(get_text_list(named, "and"))
