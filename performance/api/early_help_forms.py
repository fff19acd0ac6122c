"""The forms in which batches are answered and the council's cases read back, with an example of each."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contracts.api.asked import AskedOfList
from performance.council_sync.limits import MAX_CASES
from performance.council_sync.reasons import Reason
from performance.council_sync.results import Result
from performance.models import CouncilCase, SyncRun
from performance.sync_answers import COUNTS, written

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


class SentCaseForm(serializers.Serializer[Any]):
    """A case as the council’s system holds it; or, where `deleted` is true, its reference and time alone."""

    case_ref = serializers.CharField(help_text="A pseudonym of the agreed form, never a name or an NHS number.")
    updated_at = serializers.DateTimeField(help_text="When the council’s system changed it, with a time zone.")
    deleted = serializers.BooleanField(required=False)
    district = serializers.CharField(required=False, help_text="GSS code of a district of the agreement.")
    pathway = serializers.CharField(required=False, help_text="Name or code of a pathway of the agreement.")
    referral_route = serializers.CharField(required=False, help_text="One of the agreed routes.")
    opened_on = serializers.DateField(required=False)
    closed_on = serializers.DateField(required=False, allow_null=True, help_text="null while the case is open.")
    unit = serializers.CharField(required=False, allow_null=True, help_text="A short code in capitals.")
    goals_met = serializers.BooleanField(required=False, allow_null=True)


@extend_schema_serializer(examples=[SENT])
class BatchForm(serializers.Serializer[Any]):
    """A batch, as its operation's document shows it. It is read by `performance.council_sync`, not by this form."""

    agreement = serializers.CharField(
        required=False, allow_null=True, help_text="May be left out by a client that may send cases in one only."
    )
    as_of = serializers.DateField(help_text="The day whose caseload the batch describes; not after today.")
    cases = serializers.ListField(
        child=SentCaseForm(), max_length=MAX_CASES, help_text="An empty list is a sign of life."
    )


class ResultForm(serializers.Serializer[Any]):
    """What came of one case."""

    index = serializers.IntegerField(help_text="Its place in the batch, from 0.")
    case_ref = serializers.CharField(allow_null=True, help_text="null where it is not of the agreed form.")
    result = serializers.ChoiceField([one.value for one in Result])
    reason = serializers.ChoiceField([one.value for one in Reason], allow_null=True)
    detail = serializers.CharField(allow_null=True, help_text="The reason as a sentence.")


class CountsForm(serializers.Serializer[Any]):
    """How many cases there were, and how many had each result."""

    cases = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    stale = serializers.IntegerField()
    refused = serializers.IntegerField()


@extend_schema_serializer(examples=[ANSWERED])
class TakenBatchForm(serializers.Serializer[Any]):
    """The answer to a batch."""

    run = serializers.IntegerField()
    agreement = serializers.CharField()
    as_of = serializers.DateField()
    received_at = serializers.DateTimeField()
    counts = CountsForm()
    results = ResultForm(many=True)


@extend_schema_serializer(examples=[OpenApiExample("A case", value={**A_CASE, "deleted": False}, response_only=True)])
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

    run = serializers.IntegerField(source="pk")
    client = serializers.CharField(source="client.name")
    as_of = serializers.DateField()
    received_at = serializers.SerializerMethodField()
    newest_updated_at = serializers.SerializerMethodField()
    lag_seconds = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
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
