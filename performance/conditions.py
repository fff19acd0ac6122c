"""What a step with a version asks for besides its state and the permission."""

from datetime import date

from performance.first_sign_off import first_signed_on
from performance.lateness import is_late
from performance.models import State, Version
from performance.reasons import warnings_without_reason


def people_behind(version: Version) -> set[int]:
    """Those who uploaded the version or signed it off: nobody decides on their own work (domain.md, "People")."""
    signed = version.moves.filter(to_state=State.SUBMITTED).values_list("by_id", flat=True)
    return {person for person in (version.upload.uploaded_by_id, *signed) if person is not None}


def needs_reasons(version: Version) -> bool:
    """Whether a warning of the version is still without the reason why it is no mistake."""
    return bool(warnings_without_reason(version))


def is_first_sign_off_late(version: Version, on: date) -> bool:
    """Whether signing the version off on that day is the month's first sign-off, and after the day it was due.

    A late return says why; a correction of one that came in time is not late. A version that was withdrawn did not
    come (`first_sign_off`).
    """
    if not is_late(version.of_return.due_on, on):
        return False
    return first_signed_on(version.of_return.versions.all()) is None
