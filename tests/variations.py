"""Variations for tests, made as people make them: drafted and proposed by KCC, signed by West Kent CCG."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.actions.variation_drafts import copy_variation, draft_variation, set_part
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.audit import Actor
from contracts.models import Indicator, Membership, Organisation, Role, Target, User, Variation
from contracts.variations.moves import VariationState
from contracts.variations.said import VariationSaid
from contracts.variations.subjects import key_of
from tests.kent import LONDON, Kent

S = VariationState
DRAFTED_AT = datetime(2019, 10, 14, 9, 15, tzinfo=LONDON)
AUGUST = date(2019, 8, 1)
NOVEMBER = date(2019, 11, 1)
KCC, CCG, NELFT = Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER, Role.PROVIDER_SIGNATORY
SAID = VariationSaid("A lower caseload", "The service holds fewer children than was planned.", NOVEMBER)
Values = Mapping[str, str | int | None] | None


def actor(kent: Kent, role: Role = KCC) -> Actor:
    """The demo's person of a role."""
    return Actor.person(kent.people[role])


def target_key(indicator: str = "early-help-caseload") -> str:
    """A target for the whole of Kent, as a part names it."""
    one = Indicator.objects.select_related("agreement").get(code=indicator)
    return key_of(one.pk, one.agreement.areas.get(parent=None).pk)


def target_of(indicator: str = "early-help-caseload") -> list[tuple[Any, ...]]:
    """The targets of an indicator: value, first and last day, source."""
    rows = Target.objects.filter(indicator__code=indicator).order_by("in_force_from")
    return list(rows.values_list("value", "in_force_from", "in_force_until", "source"))


def funding_key(kent: Kent, element: str) -> str:
    """KCC's money for an element, as a part names it."""
    return key_of(Organisation.objects.get(short_name="KCC").pk, kent.agreement.elements.get(code=element).pk)


def drafted(kent: Kent, role: Role = KCC, **said: Any) -> Variation:
    """A draft without parts."""
    return draft_variation(kent.agreement, said=replace(SAID, **said), by=actor(kent, role), at=DRAFTED_AT)


def with_target(kent: Kent, variation: Variation, value: str = "180", role: Role = KCC) -> Variation:
    """A draft that gives the Early Help caseload another target."""
    values = {"value": value, "floor": None}
    set_part(variation, subject="target", thing=target_key(), values=values, by=actor(kent, role), at=DRAFTED_AT)
    return variation


def with_part(kent: Kent, variation: Variation, subject: str, thing: str, values: Values) -> Variation:
    """A draft with one more part."""
    set_part(variation, subject=subject, thing=thing, values=values, by=actor(kent), at=DRAFTED_AT)
    return variation


def proposed(kent: Kent, role: Role = KCC, value: str = "180", **said: Any) -> Variation:
    """A lower target, proposed and with that signed for KCC."""
    draft = with_target(kent, drafted(kent, role, **said), value, role)
    return propose_variation(draft, by=actor(kent, role), at=DRAFTED_AT + timedelta(hours=1))


def agreed(kent: Kent, **said: Any) -> Variation:
    """A lower target, signed by West Kent CCG too."""
    return signed_by(kent, proposed(kent, **said), CCG)


def signed_by(kent: Kent, variation: Variation, *roles: Role) -> Variation:
    """A proposed variation signed the day after by the demo's people of these roles, one after the other."""
    at = DRAFTED_AT + timedelta(days=1)
    for role in roles:
        variation = sign_variation(variation, by=actor(kent, role), at=at)
    return variation


def variation_in(kent: Kent, state: VariationState, own: Role = KCC, others: Sequence[Role] = (CCG,)) -> Variation:
    """A variation in a state, with everything that leads there: of the side of `own`, to be signed by `others` too."""
    at = DRAFTED_AT + timedelta(days=1)
    if state is S.DRAFT:
        return with_target(kent, drafted(kent, own), role=own)
    variation = proposed(kent, own)
    match state:
        case S.AGREED:
            return signed_by(kent, variation, *others)
        case S.DECLINED:
            return decline_variation(variation, reason="Too low", by=actor(kent, others[0]), at=at)
        case S.WITHDRAWN:
            return withdraw_variation(variation, reason="Not now", by=actor(kent, own), at=at)
        case S.SUPERSEDED:
            propose_variation(copy_of(kent, variation, own), by=actor(kent, own), at=at)
            variation.refresh_from_db()
    return variation


def copy_of(kent: Kent, variation: Variation, role: Role = KCC) -> Variation:
    """A draft copied of a variation."""
    return copy_variation(variation, by=actor(kent, role), at=DRAFTED_AT + timedelta(hours=2))


def colleague(organisation: str, role: Role, name: str = "Jo Field") -> User:
    """Another person of an organisation in a role."""
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@{role.value}.example", "x" * 12, name=name)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(short_name=organisation), role=role)
    return user
