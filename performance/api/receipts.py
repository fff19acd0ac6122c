"""What came of a return that a system sent: the version it became, or everything that is wrong with it."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from contracts.api.document import ProblemForm
from contracts.api.problems import DOCUMENTED_AT, Problem
from contracts.formatting import count_of
from performance.actions.receiving import Receipt
from performance.api.version_forms import AUGUST, VersionForm
from performance.findings import Level, count_of_level
from performance.models import Outcome

FINDING = {
    "level": "warning",
    "sheet": "Activity",
    "cell": "F2",
    "code": "usual-range",
    "title": "Caseload at month end is above its usual range",
    "found": "191",
    "expected": "Between 115.8 and 136.3: the limits of the 16 months before (XmR chart)",
    "remedy": "Correct F2, or say why it is right. Support to Early Help Units, caseload at month end",
    "stands_for": 1,
}
DRAFT = {"state": "draft", "signed_off_at": None, "accepted_at": None}
TAKEN = {"outcome": "version", "version": AUGUST | DRAFT, "findings": [FINDING]}
KNOWN = TAKEN | {"outcome": "unchanged"}
REFUSED = {
    "type": f"{DOCUMENTED_AT}422",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "The return has 1 error, so nothing of it counts. Put right what `findings` names, and send it again.",
    "upload": 18,
    "findings": [
        FINDING
        | {
            "level": "error",
            "code": "not-a-number",
            "title": "This is not a number",
            "found": "about 190",
            "expected": "A whole number, 0 or more",
            "remedy": "Write the number alone in F2",
        }
    ],
}


class FindingForm(serializers.Serializer[Any]):
    """One thing that is wrong with a file, or that needs a reason."""

    level = serializers.ChoiceField([level.value for level in Level], help_text="A warning does not stop a return.")
    sheet = serializers.CharField(allow_null=True, help_text="Null where it is about the whole file.")
    cell = serializers.CharField(allow_null=True)
    code = serializers.CharField(help_text="For programs: it stays the same.")
    title = serializers.CharField()
    found = serializers.CharField()
    expected = serializers.CharField()
    remedy = serializers.CharField()
    stands_for = serializers.IntegerField(help_text="How many things it is: more where the rest is only counted.")


class ReceiptForm(serializers.Serializer[Any]):
    """The version that a file became, or already was."""

    outcome = serializers.ChoiceField(
        [Outcome.VERSION.value, Outcome.UNCHANGED.value], help_text="unchanged: this very file was there already."
    )
    version = VersionForm()
    findings = FindingForm(many=True, help_text="Warnings: each is given a reason before the return is signed off.")


class RefusedForm(ProblemForm):
    """Why a file became no version."""

    upload = serializers.IntegerField(help_text="Number of the upload, under which the portal shows its findings.")
    findings = FindingForm(many=True, help_text="Everything that is wrong, and the warnings besides.")


def receipt_told(receipt: Receipt) -> tuple[dict[str, Any], bool, str]:
    """What `ReceiptForm` writes, whether the version is new, and its address."""
    version = receipt.version
    assert version is not None
    told = {"outcome": receipt.outcome.value, "version": version, "findings": _findings(receipt)}
    of = [version.of_return.agreement.reference, version.of_return.month, version.number]
    return told, receipt.outcome is Outcome.VERSION, reverse("api_version", args=of)


def refusal_of(receipt: Receipt) -> Problem:
    """The problem that names every finding."""
    errors = count_of(count_of_level(receipt.judged.findings, Level.ERROR), "error")
    detail = f"The return has {errors}, so nothing of it counts. Put right what `findings` names, and send it again."
    upload = receipt.upload.pk if receipt.upload else None
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, upload=upload, findings=_findings(receipt))


def _findings(receipt: Receipt) -> list[dict[str, Any]]:
    return [asdict(finding) for finding in receipt.judged.findings]
