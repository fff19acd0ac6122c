"""Whose step it is: only the payer's own people, in a role that takes it."""

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, User
from contracts.permissions import Permission
from funding.actions.refusals import CannotPay
from funding.payers import handles


def acting(by: Actor) -> User:
    """The person behind a step: the console and the worker take none."""
    if by.user is None:
        raise CannotPay("Payments are handled by people who sign in, so that each step has a name.")
    return by.user


def refuse_strangers(agreement: Agreement, payer: Organisation, permission: Permission, by: Actor) -> User:
    """The person who acts, where they are one of `payer`'s people with `permission`; a refusal otherwise."""
    person = acting(by)
    if not handles(agreement, payer.pk, person):
        raise CannotPay(f"Only {payer.short_name}’s own people handle its payments.")
    if not standing_of(person, agreement).may(permission):
        raise CannotPay(f"Your role does not let you {permission}.")
    return person
