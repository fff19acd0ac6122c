"""What a batch of Early Help cases is made of, as the API's document tells it; `performance.council_sync` reads it."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    PolymorphicProxySerializer,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from performance.council_sync.limits import LIMIT_IN_WORDS, MAX_CASES

BATCH_WORDS = (
    f"Up to {MAX_CASES:,} cases and {LIMIT_IN_WORDS} of JSON. A case that is gone is sent as a tombstone: its "
    "reference, the moment and `deleted`, true. Of two tellings of a case the one with the later `updated_at` holds, "
    "in whatever order they come: an older one is answered `stale` and changes nothing. Each case is judged by "
    "itself: the good ones land, each bad one comes back with its reason."
)
A_CASE: dict[str, Any] = {
    "case_ref": "EH-2018-10092",
    "district": "E07000108",
    "pathway": "Early Help",
    "referral_route": "SPA",
    "opened_on": "2018-11-05",
    "closed_on": None,
    "unit": "EHU-108-2",
    "goals_met": None,
    "updated_at": "2019-08-31T11:35:00Z",
}
A_TOMBSTONE: dict[str, Any] = {"case_ref": "EH-2018-10129", "updated_at": "2019-08-31T17:30:00Z", "deleted": True}
SENT = OpenApiExample(
    "A case and a tombstone",
    value={"agreement": "KCC-CYPMHS-S76", "as_of": "2019-08-31", "cases": [A_CASE, A_TOMBSTONE]},
    request_only=True,
)


REFERENCE = "The pseudonym that both systems know the case by: never a name, an NHS number or a date of birth."
CHANGED = "When the council’s system changed the case last, with its time zone; not more than a day ahead."


@extend_schema_field({"type": "boolean", "enum": [True]})
class AlwaysTrue(serializers.BooleanField):
    """Nothing but true."""


@extend_schema_field({"type": "boolean", "enum": [False]})
class AlwaysFalse(serializers.BooleanField):
    """Nothing but false."""


class CaseSentForm(serializers.Serializer[Any]):
    """A case as the council’s system holds it."""

    case_ref = serializers.CharField(help_text=REFERENCE)
    updated_at = serializers.DateTimeField(help_text=CHANGED)
    district = serializers.CharField(help_text="The GSS code of a district in an area of the agreement: E07000108.")
    pathway = serializers.CharField(help_text="The name or the code of a pathway of the agreement.")
    referral_route = serializers.CharField(help_text="How the case came in, by one of the agreed routes: SPA.")
    opened_on = serializers.DateField(help_text="The day on which it opened; not after `as_of`.")
    closed_on = serializers.DateField(
        allow_null=True, help_text="The day on which it closed; null while it is open. Not after today."
    )
    unit = serializers.CharField(
        required=False, allow_null=True, help_text="The code of the unit that holds it: EHU-108-2."
    )
    goals_met = serializers.BooleanField(
        required=False, allow_null=True, help_text="Whether the goals were met; null where that is not recorded."
    )
    deleted = AlwaysFalse(required=False, help_text="As a case that was read back has it.")


class TombstoneForm(serializers.Serializer[Any]):
    """A case that is gone from the council’s system: these members and nothing else."""

    case_ref = serializers.CharField(help_text=REFERENCE)
    updated_at = serializers.DateTimeField(help_text="When it was deleted there, with its time zone.")
    deleted = AlwaysTrue(help_text="Always true.")


SENT_CASE = PolymorphicProxySerializer(
    component_name="SentCase", serializers=[CaseSentForm, TombstoneForm], resource_type_field_name=None
)


@extend_schema_serializer(examples=[SENT])
class BatchForm(serializers.Serializer[Any]):
    """Cases as the council’s system holds them on a day. Each is judged by itself: a bad one stops no other."""

    agreement = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="The agreement’s reference. May be left out by a client that may send cases in one only.",
    )
    as_of = serializers.DateField(help_text="The day whose caseload the batch describes; not after today.")
    cases = serializers.ListField(
        child=SENT_CASE,
        max_length=MAX_CASES,
        help_text=f"Up to {MAX_CASES:,} cases and tombstones, in any order; of a case that comes twice the newer "
        "updated_at holds. An empty list is a sign of life.",
    )
