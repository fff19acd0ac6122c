"""Variations for tests, made as people make them: drafted and proposed by KCC, signed by West Kent CCG."""

from collections.abc import Mapping
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
    at = DRAFTED_AT + timedelta(days=1)
    return sign_variation(proposed(kent, **said), by=actor(kent, CCG), at=at)


def variation_in(kent: Kent, state: VariationState) -> Variation:
    """A variation in a state, with everything that leads there."""
    at = DRAFTED_AT + timedelta(days=1)
    match state:
        case S.DRAFT:
            return with_target(kent, drafted(kent))
        case S.PROPOSED:
            return proposed(kent)
        case S.AGREED:
            return agreed(kent)
        case S.DECLINED:
            return decline_variation(proposed(kent), reason="Too low", by=actor(kent, CCG), at=at)
        case S.WITHDRAWN:
            return withdraw_variation(proposed(kent), reason="Not now", by=actor(kent), at=at)
        case S.SUPERSEDED:
            original = proposed(kent)
            propose_variation(copy_of(kent, original), by=actor(kent), at=at)
            original.refresh_from_db()
            return original


def copy_of(kent: Kent, variation: Variation, role: Role = KCC) -> Variation:
    """A draft copied of a variation."""
    return copy_variation(variation, by=actor(kent, role), at=DRAFTED_AT + timedelta(hours=2))


def colleague(organisation: str, role: Role, name: str = "Jo Field") -> User:
    """Another person of an organisation in a role."""
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@{role.value}.example", "x" * 12, name=name)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(short_name=organisation), role=role)
    return user
