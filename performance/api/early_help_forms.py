"""The forms in which batches are answered and the council's cases read back, with an example of each."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contracts.api.asked import AskedOfList
from performance.api.early_help_batch import A_CASE, A_TOMBSTONE
from performance.council_sync.reasons import Reason
from performance.council_sync.results import Result
from performance.models import CouncilCase, SyncRun
from performance.sync_answers import COUNTS, written

RESULTS = {
    Result.CREATED: "The portal did not hold it, and does now.",
    Result.UPDATED: "It is newer than what the portal held, and took its place.",
    Result.UNCHANGED: "The portal holds the same already.",
    Result.STALE: "The portal holds a newer telling of it, which stays.",
    Result.REFUSED: "It was not taken in, for the reason given.",
}
FIELDS = {Reason.MISSING_FIELD: "member of that name", Reason.WRONG_TYPE: "A member", Reason.DATE: "A day"}
ANSWERED = OpenApiExample(
    "One case is new, one is refused",
    value={
        "run": 7,
        "agreement": "KCC-CYPMHS-S76",
        "as_of": "2019-08-31",
        "received_at": "2019-09-02T06:05:00Z",
        "counts": {"cases": 2, "created": 1, "updated": 0, "unchanged": 0, "stale": 0, "refused": 1},
        "results": [
            {"index": 0, "case_ref": "EH-2018-10092", "result": "created", "reason": None, "detail": None},
            {
                "index": 1,
                "case_ref": None,
                "result": "refused",
                "reason": Reason.CASE_REFERENCE.value,
                "detail": Reason.CASE_REFERENCE.said(),
            },
        ],
    },
    response_only=True,
)


HELD = [{**A_CASE, "deleted": False}, A_TOMBSTONE]
CAME = {
    "run": 7,
    "client": "KCC Early Help system",
    "as_of": "2019-08-31",
    "received_at": "2019-09-02T06:05:00Z",
    "newest_updated_at": "2019-08-31T17:30:00Z",
    "lag_seconds": 131_700,
    "counts": {"cases": 197, "created": 195, "updated": 0, "unchanged": 0, "stale": 0, "refused": 2},
    "refusals": {Reason.CASE_REFERENCE.value: 2},
}


class AskedOfSync(AskedOfList):
    """Of which agreement; it may be left out by a client that may send cases in one only."""

    agreement = serializers.CharField(required=False, default="", max_length=40, help_text="The agreement’s reference.")


class AskedOfCases(AskedOfSync):
    """Which cases."""

    updated_since = serializers.DateTimeField(
        required=False,
        default=None,
        help_text="Only cases whose updated_at is this moment or a later one. Write it as 2019-08-31T11:35:00Z.",
    )


class ResultForm(serializers.Serializer[Any]):
    """What came of one case."""

    index = serializers.IntegerField(help_text="Its place in the batch, from 0.")
    case_ref = serializers.CharField(allow_null=True, help_text="null where it is not of the agreed form.")
    result = serializers.ChoiceField(
        [one.value for one in Result], help_text=" ".join(f"`{name}`: {words}" for name, words in RESULTS.items())
    )
    reason = serializers.ChoiceField(
        [one.value for one in Reason],
        allow_null=True,
        help_text="Why it was refused, else null. "
        + " ".join(f"`{one.value}`: {one.said(FIELDS.get(one, ''))}" for one in Reason),
    )
    detail = serializers.CharField(allow_null=True, help_text="The reason as a sentence; null if it was not refused.")


class CountsForm(serializers.Serializer[Any]):
    """How many cases there were, and how many had each result."""

    cases = serializers.IntegerField(help_text="All that were sent.")
    created = serializers.IntegerField(help_text=RESULTS[Result.CREATED])
    updated = serializers.IntegerField(help_text=RESULTS[Result.UPDATED])
    unchanged = serializers.IntegerField(help_text=RESULTS[Result.UNCHANGED])
    stale = serializers.IntegerField(help_text=RESULTS[Result.STALE])
    refused = serializers.IntegerField(help_text=RESULTS[Result.REFUSED])


@extend_schema_serializer(examples=[ANSWERED])
class TakenBatchForm(serializers.Serializer[Any]):
    """The answer to a batch."""

    run = serializers.IntegerField(help_text="The number of the batch, as the list of batches has it.")
    agreement = serializers.CharField(help_text="The reference of the agreement that it was taken into.")
    as_of = serializers.DateField(help_text="The day whose caseload it describes.")
    received_at = serializers.DateTimeField(help_text="When it came, in UTC.")
    counts = CountsForm(help_text="How many cases had each result.")
    results = ResultForm(many=True, help_text="One for each case, in the order in which they were sent.")


class CouncilCaseForm(serializers.Serializer[Any]):
    """A case as it was last told, in the words of a batch; a tombstone has its reference and time alone."""

    case_ref = serializers.CharField(source="reference")
    updated_at = serializers.DateTimeField()
    deleted = serializers.BooleanField(source="is_deleted")
    district = serializers.CharField(required=False)
    pathway = serializers.CharField(required=False)
    referral_route = serializers.CharField(required=False)
    opened_on = serializers.DateField(required=False)
    closed_on = serializers.DateField(required=False, allow_null=True)
    unit = serializers.CharField(required=False, allow_null=True)
    goals_met = serializers.BooleanField(required=False, allow_null=True)

    def to_representation(self, instance: CouncilCase) -> dict[str, Any]:
        """The fields in the form that they may be sent in again."""
        shown = {
            "case_ref": instance.reference,
            "updated_at": written(instance.updated_at),
            "deleted": instance.is_deleted,
        }
        if instance.is_deleted:
            return shown
        assert instance.district is not None
        assert instance.pathway is not None
        return shown | {
            "district": instance.district.code,
            "pathway": instance.pathway.name,
            "referral_route": instance.referral_route,
            "opened_on": instance.opened_on,
            "closed_on": instance.closed_on,
            "unit": instance.unit or None,
            "goals_met": instance.goals_met,
        }


class SyncRunForm(serializers.Serializer[Any]):
    """A batch that was taken in: its counts, what was refused and why, and how late it came."""

    run = serializers.IntegerField(source="pk", help_text="The number of the batch, as its answer has it.")
    client = serializers.CharField(source="client.name", help_text="Which system sent it.")
    as_of = serializers.DateField(help_text="The day whose caseload it describes.")
    received_at = serializers.SerializerMethodField(help_text="When it came, in UTC.")
    newest_updated_at = serializers.SerializerMethodField(
        help_text="The newest change in it; null where no case was taken in."
    )
    lag_seconds = serializers.SerializerMethodField(
        help_text="Seconds from the newest change in the batch until it came; null where no case was taken in."
    )
    counts = serializers.SerializerMethodField(help_text="How many cases had each result.")
    refusals = serializers.DictField(child=serializers.IntegerField(), help_text="How many were refused, by reason.")

    @extend_schema_field(serializers.DateTimeField())
    def get_received_at(self, run: SyncRun) -> str:
        """In UTC."""
        return written(run.received_at)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_newest_updated_at(self, run: SyncRun) -> str | None:
        """Of the cases that were not refused; None where there were none."""
        return written(run.newest_updated_at) if run.newest_updated_at else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_lag_seconds(self, run: SyncRun) -> int | None:
        """Seconds from the newest change in the batch until it came; None where it had no case."""
        if run.newest_updated_at is None:
            return None
        return int((run.received_at - run.newest_updated_at).total_seconds())

    @extend_schema_field(CountsForm())
    def get_counts(self, run: SyncRun) -> dict[str, int]:
        """How many cases had each result."""
        return {name: getattr(run, name) for name in COUNTS}
