"""When an upload corrects what was signed off before, so that it must say why."""

from performance.actions.judging import Judged
from performance.models import State, Version


def is_correction(judged: Judged) -> bool:
    """Whether the file would become a later version of a return that was accepted or sent back before.

    A correction says why it was made (domain.md, "The monthly return"). A file that is stopped by errors, or that is
    the one already there, becomes no version.
    """
    if judged.has_errors or judged.agreement is None or judged.month is None:
        return False
    versions = Version.objects.filter(of_return__agreement=judged.agreement, of_return__month=judged.month)
    states = set(versions.filter(submitted_at__isnull=False).values_list("state", flat=True))
    standing = versions.exclude(state__in=[State.WITHDRAWN, State.SENT_BACK])
    is_known = standing.filter(upload__sha256=judged.file.sha256).exists()
    return bool(states & {State.ACCEPTED, State.SENT_BACK}) and State.SUBMITTED not in states and not is_known
