"""What an action on what was agreed may be refused for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from contracts.refused_by import constraint_of


class Refused(Exception):
    """The step may not be taken, as things are now or by whom; the message says why in plain sentences."""


class ChangedMeanwhile(Refused):
    """Somebody else changed a thing after a form about it was opened.

    `saved` is what the fields of the form would begin with now, `mark` tells that state from others.
    """

    def __init__(self, message: str, *, saved: Mapping[str, object] | None = None, mark: str = "") -> None:
        super().__init__(message)
        self.saved, self.mark = saved or {}, mark


@contextmanager
def refused_where(said: Mapping[str, str]) -> Iterator[None]:
    """Refuse, with the sentence that `said` has for it, what a constraint refuses because of somebody at the same time.

    What any other constraint refuses is no such thing, and is raised as it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        why_not = said.get(constraint_of(error))
        if why_not is None:
            raise
        raise Refused(f"{why_not} Look at it as it is now.") from error
