"""Who may do what: roles as data, a person's standing in an agreement, and each address's permission.

A person belongs to an organisation in a role; the organisation is a party to an agreement in a role; what the
person may do follows from both. A thing of an agreement that the person has no part in answers 404.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from contracts.models import Agreement, Membership, Party, PartyRole, Role, User
from contracts.permissions import Permission

READS = frozenset(
    {
        Permission.SEE_AGREEMENT,
        Permission.SEE_FIGURES,
        Permission.SEE_RETURNS,
        Permission.SEE_MONEY,
        Permission.SEE_NOTICES,
        Permission.SEE_DECISIONS,
        Permission.SEE_VARIATIONS,
    }
)
SEES_PAYMENTS = READS | {Permission.SEE_PAYMENTS, Permission.SEE_AUDIT_TRAIL}
# Who holds the contract or pays for a part of it: they see what was asked for before the provider does.
LEVERS = frozenset(
    {
        Permission.SEE_REQUESTS,
        Permission.ASK_FOR_NOTICE,
        Permission.NOTE_ON_NOTICE,
        Permission.CHECK_TERMS,
        Permission.KEEP_HANDOVER,
        Permission.RECORD_HANDOVER,
    }
)
# Who calls meetings, and sees to what was agreed at them.
KEEPS_ACTIONS = frozenset({Permission.KEEP_ACTIONS, Permission.SAY_ACTION_DONE})
VARIES = frozenset({Permission.PROPOSE_VARIATION, Permission.SIGN_VARIATION})
EDITS = READS | {
    Permission.SEE_UPLOADS,
    Permission.UPLOAD_RETURN,
    Permission.ANSWER_QUERY,
    Permission.SEE_EXACT_COUNTS,
    Permission.SEE_CASES,
    Permission.EXPLAIN_DIFFERENCES,
    Permission.ANSWER_NOTICE,
    Permission.NOTE_ON_NOTICE,
    Permission.PROPOSE_CLOCK_CHANGE,
    Permission.RECORD_HANDOVER,
    Permission.SAY_ACTION_DONE,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNCIL_COMMISSIONER: SEES_PAYMENTS
    | LEVERS
    | KEEPS_ACTIONS
    | VARIES
    | {Permission.QUERY_RETURN, Permission.EXPLAIN_DIFFERENCES, Permission.RECORD_DECISION},
    Role.COUNCIL_FINANCE: SEES_PAYMENTS
    | {
        Permission.SEE_REQUESTS,
        Permission.CERTIFY_PAYMENT,
        Permission.TEST_PAYMENT,
        Permission.APPROVE_PAYMENT,
        Permission.SEND_PAYMENT,
        Permission.CANCEL_PAYMENT,
        Permission.PREPARE_STATEMENT,
    },
    # The recipient of the payments: its officer certifies what the money was spent on.
    Role.COORDINATING_COMMISSIONER: SEES_PAYMENTS
    | LEVERS
    | KEEPS_ACTIONS
    | VARIES
    | {
        Permission.ISSUE_NOTICE,
        Permission.PROPOSE_CLOCK_CHANGE,
        Permission.ACCEPT_RETURN,
        Permission.QUERY_RETURN,
        Permission.SEE_EXACT_COUNTS,
        Permission.CERTIFY_STATEMENT,
    },
    Role.ASSOCIATE_COMMISSIONER: READS,
    Role.PROVIDER_EDITOR: EDITS,
    Role.PROVIDER_SIGNATORY: EDITS | {Permission.SIGN_RETURN, Permission.SIGN_VARIATION},
    Role.AUDITOR: SEES_PAYMENTS | {Permission.SEE_UPLOADS, Permission.SEE_EXACT_COUNTS, Permission.SEE_REQUESTS},
    Role.ADMINISTRATOR: frozenset(),
}

# The party role in which each role's permissions hold. An auditor reads for any party.
ROLE_PARTIES: dict[Role, frozenset[PartyRole]] = {
    Role.COUNCIL_COMMISSIONER: frozenset({PartyRole.COUNCIL}),
    Role.COUNCIL_FINANCE: frozenset({PartyRole.COUNCIL}),
    Role.COORDINATING_COMMISSIONER: frozenset({PartyRole.COORDINATING_COMMISSIONER}),
    Role.ASSOCIATE_COMMISSIONER: frozenset({PartyRole.ASSOCIATE_COMMISSIONER}),
    Role.PROVIDER_EDITOR: frozenset({PartyRole.PROVIDER}),
    Role.PROVIDER_SIGNATORY: frozenset({PartyRole.PROVIDER}),
    Role.AUDITOR: frozenset(PartyRole),
    Role.ADMINISTRATOR: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is and may do in one agreement."""

    user: User
    agreement: Agreement
    roles: frozenset[Role]
    permissions: frozenset[Permission]
    organisation: str = ""

    @property
    def signed_in_as(self) -> str:
        """Who the person is here: "Alex Morgan, KCC, council commissioner"."""
        roles = ", ".join(sorted(role.label.lower() for role in self.roles))
        return ", ".join(part for part in (self.user.get_full_name(), self.organisation, roles) if part)

    def may(self, permission: Permission) -> bool:
        """Whether the person has `permission` here."""
        return permission in self.permissions


class Reader(Protocol):
    """Whoever reads of an agreement: a person in their standing, or a system that calls the API."""

    @property
    def agreement(self) -> Agreement:
        """What is read of."""

    def may(self, permission: Permission) -> bool:
        """Whether the reader has `permission` there."""


def visible_to(user: User) -> QuerySet[Agreement]:
    """The agreements in which an organisation of this person is a party in a role that suits theirs."""
    suits = Q(pk__in=[])
    for role, parties in ROLE_PARTIES.items():
        suits |= Q(role=role, organisation__parties__role__in=parties)
    own = Membership.objects.filter(suits, user=user, organisation__parties__agreement=OuterRef("pk"))
    return Agreement.objects.filter(Exists(own))


def people_who_may(agreement: Agreement, *permissions: Permission) -> QuerySet[User]:
    """The active people whose roles in the parties of `agreement` give them any of `permissions`; each once."""
    suits = Q(pk__in=[])
    for role, parties in ROLE_PARTIES.items():
        if ROLE_PERMISSIONS[role] & set(permissions):
            suits |= Q(role=role, organisation__parties__role__in=parties, organisation__parties__agreement=agreement)
    return User.objects.filter(Exists(Membership.objects.filter(suits, user=OuterRef("pk"))), is_active=True)


def standing_of(user: User, agreement: Agreement) -> Standing:
    """What `user` may do in `agreement`: the union over their memberships in its parties."""
    pairs = Membership.objects.filter(user=user, organisation__parties__agreement=agreement).values_list(
        "role", "organisation__parties__role"
    )
    return _standing(user, agreement, frozenset(Role(role) for role, party in pairs if _suits(role, party)))


def standings_of(user: User) -> list[Standing]:
    """What `user` may do in each agreement that they have a part in, by the agreements' names. One query."""
    parties = (
        Party.objects.filter(organisation__memberships__user=user)
        .select_related("agreement")
        .annotate(held_role=F("organisation__memberships__role"))
        .order_by("agreement__name", "agreement")
    )
    roles: dict[Agreement, set[Role]] = defaultdict(set)
    for party in parties:
        if _suits(party.held_role, party.role):
            roles[party.agreement].add(Role(party.held_role))
    return [_standing(user, agreement, frozenset(held)) for agreement, held in roles.items()]


def standing_or_404(user: User, reference: str) -> Standing:
    """The person's standing in the agreement called `reference`; 404 where they have no part in it. One query."""
    parties = (
        Party.objects.filter(agreement__reference=reference, organisation__memberships__user=user)
        .select_related("agreement")
        .annotate(held_role=F("organisation__memberships__role"), held_for=F("organisation__short_name"))
    )
    suited = [party for party in parties if _suits(party.held_role, party.role)]
    if not suited:
        raise Http404("There is no such agreement, or you have no part in it.")
    roles = frozenset(Role(party.held_role) for party in suited)
    return replace(_standing(user, suited[0].agreement, roles), organisation=suited[0].held_for)


def _suits(role: str, party: str) -> bool:
    return PartyRole(party) in ROLE_PARTIES[Role(role)]


def _standing(user: User, agreement: Agreement, roles: frozenset[Role]) -> Standing:
    return Standing(user, agreement, roles, frozenset(p for role in roles for p in ROLE_PERMISSIONS[role]))


def administrators() -> QuerySet[User]:
    """The active people who may use the admin site."""
    return User.objects.filter(is_active=True, is_staff=True)


def requires(permission: Permission) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """State a view's permission. The view is called with the `Standing` in place of the `reference`."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponseBase:
            assert isinstance(request.user, User)  # login_required stands outside
            standing = standing_or_404(request.user, reference)
            if not standing.may(permission):
                raise PermissionDenied(f"Your role does not let you {permission}.")
            request.standing = standing  # type: ignore[attr-defined]  # read by the context processor
            return view(request, standing, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that walks addresses
        signed = login_required(guarded)
        signed.permission = permission  # type: ignore[attr-defined]
        return signed

    return decorate


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """State that anyone who is signed in may open a view."""
    guarded = login_required(view)
    guarded.permission = "signed in"  # type: ignore[attr-defined]
    return guarded


def for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """State that a view is for those who may use the admin site, whatever they may do in an agreement."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # login_required stands outside
        if not request.user.is_staff:
            raise PermissionDenied("Only administrators may open this page.")
        return view(request, **kwargs)

    signed = login_required(guarded)
    signed.permission = "administrators"  # type: ignore[attr-defined]  # read by the test that walks addresses
    return signed


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """State that a view is open to anyone."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view
