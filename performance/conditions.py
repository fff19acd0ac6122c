"""What a step with a version asks for besides its state and the permission."""

from performance.models import State, Version


def people_behind(version: Version) -> set[int]:
    """Those who uploaded the version or signed it off: nobody decides on their own work (domain.md, "People")."""
    signed = version.moves.filter(to_state=State.SUBMITTED).values_list("by_id", flat=True)
    return {person for person in (version.upload.uploaded_by_id, *signed) if person is not None}


def needs_reason(version: Version) -> bool:
    """Whether whoever signs the version off must say why its warnings are right."""
    return bool(version.upload.findings) and not version.warnings_reason
