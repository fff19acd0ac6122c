"""The warnings of a version by their place among its findings, and the reason given for each."""

from dataclasses import dataclass
from datetime import datetime

from performance.models import Version


@dataclass(frozen=True, slots=True)
class GivenReason:
    """Why one warning is no mistake, who says so, and when."""

    text: str
    by_name: str
    at: datetime


def reasons_given(version: Version) -> dict[int, GivenReason]:
    """The reason that counts for each warning that has one: the last given, or the one given for all at the console."""
    upload = version.upload
    if version.warnings_reason:
        for_all = GivenReason(version.warnings_reason, upload.uploaded_by_name, upload.uploaded_at)
        return dict.fromkeys(range(len(upload.findings)), for_all)
    rows = version.warning_reasons.order_by("pk").values_list("warning", "reason", "by_name", "at")
    return {warning: GivenReason(reason, by_name, at) for warning, reason, by_name, at in rows}


def warnings_without_reason(version: Version) -> tuple[int, ...]:
    """The places of the warnings that nobody has given a reason for, in order."""
    if version.warnings_reason or not version.upload.findings:
        return ()
    given = reasons_given(version)
    return tuple(place for place in range(len(version.upload.findings)) if place not in given)
