"""A version of a return as the API tells it: what it is, not what it says."""

from typing import Any

from rest_framework import serializers

from contracts.api.fields import MonthWritten
from performance.models import State, Version

AUGUST = {
    "month": "2019-08",
    "number": 1,
    "state": "accepted",
    "uploaded_at": "2019-09-12T15:40:00+01:00",
    "file_name": "nelft-return-2019-08.xlsx",
    "sha256": "8911c835dae04add159a6b184f201951b59922358085d430fdf6faf8df205def",
    "bytes": 10714,
    "signed_off_at": "2019-09-12T16:05:00+01:00",
    "accepted_at": "2019-09-18T10:42:00+01:00",
    "replaced_at": None,
    "corrects_because": "",
    "is_nil": False,
    "nil_because": "",
}


class VersionForm(serializers.Serializer[Version]):
    """A version of a return."""

    month = MonthWritten(source="of_return.month")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(State.choices)
    uploaded_at = serializers.DateTimeField(source="upload.uploaded_at")
    file_name = serializers.CharField(source="upload.file_name")
    sha256 = serializers.CharField(source="upload.sha256", help_text="The file’s fingerprint, in hexadecimal.")
    bytes = serializers.IntegerField(source="upload.size")
    signed_off_at = serializers.DateTimeField(source="submitted_at", allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    replaced_at = serializers.DateTimeField(allow_null=True, help_text="When a later version was accepted instead.")
    corrects_because = serializers.CharField(source="why", allow_blank=True, help_text="Of a correction: why.")
    is_nil = serializers.SerializerMethodField(help_text="The provider stated that there was nothing to report.")
    nil_because = serializers.CharField(allow_blank=True)

    def get_is_nil(self, version: Any) -> bool:
        """Whether it is a nil return."""
        return bool(version.nil_because)
