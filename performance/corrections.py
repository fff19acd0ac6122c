"""When a file is the one already there, and when it corrects what was decided on before, so that it must say why."""

from performance.actions.judging import Judged
from performance.models import CaseList, Return, State, Version

# Those that a file may be identical to: what was withdrawn, sent back or replaced may be gone back to.
STANDING = (State.DRAFT, State.SUBMITTED, State.ACCEPTED)
DECIDED = (State.ACCEPTED, State.SENT_BACK)


def identical_version(of_return: Return, judged: Judged) -> Version | None:
    """The version that a file is again: the one in progress or the accepted one, and no earlier one.

    With a new or another case list an identical return is another version; without one it brings nothing new.
    """
    standing = of_return.versions.filter(state__in=STANDING, upload__sha256=judged.file.sha256)
    if judged.case_list:
        standing = standing.filter(case_list__sha256=judged.case_list.read.sha256)
    return standing.select_related("upload").order_by("-number").first()


def case_list_of(version: Version) -> CaseList | None:
    """The case list that came with a version."""
    return CaseList.objects.filter(version=version).first()


def corrects(of_return: Return) -> bool:
    """Whether the next version of a month corrects one that was accepted or sent back.

    A correction says why it was made (domain.md, "The monthly return").
    """
    return of_return.versions.filter(state__in=DECIDED).exists()


def is_correction(judged: Judged) -> bool:
    """Whether the file would become a correction, and is to say why.

    A file that is stopped by errors, that is the one already there, or that comes while another version waits for
    acceptance, becomes no version.
    """
    of_return = None if judged.has_errors else _return_of(judged)
    if of_return is None or of_return.versions.filter(state=State.SUBMITTED).exists():
        return False
    return corrects(of_return) and identical_version(of_return, judged) is None


def _return_of(judged: Judged) -> Return | None:
    if judged.agreement is None or judged.month is None:
        return None
    return Return.objects.filter(agreement=judged.agreement, month=judged.month).first()
