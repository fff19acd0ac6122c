"""Whose step it is: a person who signs in, in a role of a party that takes it."""

from typing import NamedTuple

from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, User
from contracts.permissions import Permission
from contracts.queries.organisations_of_people import organisation_acting


class Acting(NamedTuple):
    """The person who takes a step, and the party that they take it for."""

    person: User
    organisation: Organisation


def entitled(agreement: Agreement, permission: Permission, by: Actor) -> Acting:
    """Who acts and for which party, where the person has `permission` in `agreement`; a refusal otherwise."""
    if by.user is None:
        raise Refused("This is done by people who sign in, so that each step has a name.")
    organisation = organisation_acting(by.user, agreement, permission)
    if organisation is None:
        raise Refused(f"Your role does not let you {permission}.")
    return Acting(by.user, organisation)
