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


def for_every_warning(version: Version) -> str:
    """The reason given for all warnings at once: at the console, or of a nil return its statement; "" for none."""
    return version.warnings_reason or version.nil_because


def reasons_given(version: Version) -> dict[int, GivenReason]:
    """The reason that counts for each warning that has one: the last given, or the one given for all of them."""
    upload = version.upload
    if for_every_warning(version):
        for_all = GivenReason(for_every_warning(version), upload.uploaded_by_name, upload.uploaded_at)
        return dict.fromkeys(range(len(upload.findings)), for_all)
    rows = version.warning_reasons.order_by("pk").values_list("warning", "reason", "by_name", "at")
    return {warning: GivenReason(reason, by_name, at) for warning, reason, by_name, at in rows}


def warnings_without_reason(version: Version) -> tuple[int, ...]:
    """The places of the warnings that nobody has given a reason for, in order."""
    if for_every_warning(version) or not version.upload.findings:
        return ()
    given = reasons_given(version)
    return tuple(place for place in range(len(version.upload.findings)) if place not in given)
