"""What the page of a version says of the case list that came with it."""

from dataclasses import dataclass

from contracts.access import Standing
from contracts.permissions import Permission
from performance.corrections import case_list_of
from performance.listed_cases import in_words
from performance.models import Version


@dataclass(frozen=True, slots=True)
class CaseListShown:
    """What is said of the case list that came with a version; its references are only in the file."""

    cases: str
    sha256: str
    may_download: bool


def case_list_shown(version: Version, standing: Standing) -> CaseListShown | None:
    """The version's case list as this reader is told of it; None where none came."""
    kept = case_list_of(version)
    if kept is None:
        return None
    return CaseListShown(in_words(kept, version.of_return.month), kept.sha256, standing.may(Permission.SEE_CASES))
