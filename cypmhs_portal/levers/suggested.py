"""Which contract levers the portal suggests on a day, apart from those asked for or running already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.levers.ladder import ENDS
from contracts.models import Agreement, Notice, NoticeKind, ServiceElement
from performance.lever_words import UNCHECKED
from performance.returns_held import ReturnsHeld
from performance.signals_met import MetSignal, SignalTerm, signals_read


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind of notice whose terms are met, what was found, and the open notices that cover it already."""

    met: MetSignal
    covered_by: tuple[Notice, ...]

    @property
    def kind(self) -> NoticeKind:
        """The kind of notice suggested."""
        return self.met.term.kind

    @property
    def element(self) -> ServiceElement | None:
        """The element it is about; None for the whole service."""
        return self.met.element

    @property
    def doubts(self) -> tuple[str, ...]:
        """What stands against it, in sentences; that nobody checked its term is the last."""
        return self.met.doubts if self.met.term.is_checked else (*self.met.doubts, UNCHECKED)

    @property
    def asked_with(self) -> str:
        """What the address of the form needs to be filled in with it."""
        return f"?term={self.met.term.pk}&month={self.met.month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested on the day `on`, what is covered already, and the terms that were looked at."""

    on: date
    new: tuple[Suggestion, ...]
    covered: tuple[Suggestion, ...]
    terms: tuple[SignalTerm, ...]

    @property
    def every(self) -> tuple[Suggestion, ...]:
        """All of them, the new ones first."""
        return (*self.new, *self.covered)


def suggestions_for(agreement: Agreement, on: date, returns: ReturnsHeld | None = None) -> Suggestions:
    """What the portal suggests in `agreement` on the day `on`; a person decides.

    A signal is covered by an open notice of the same kind about the same element. Four queries, one less for who
    holds the `returns` already, and up to six more where caseloads are disputed.
    """
    read = signals_read(agreement, on, returns)
    notices = _open_notices(agreement) if read.met else []
    made = [Suggestion(one, _covering(one, notices)) for one in read.met]
    return Suggestions(
        on=on,
        new=tuple(one for one in made if not one.covered_by),
        covered=tuple(one for one in made if one.covered_by),
        terms=read.terms,
    )


def _open_notices(agreement: Agreement) -> Sequence[Notice]:
    rows = Notice.objects.filter(agreement=agreement).exclude(stage__in=[stage.value for stage in ENDS])
    return list(rows.select_related("kind").order_by("asked_at", "pk"))


def _covering(met: MetSignal, notices: Iterable[Notice]) -> tuple[Notice, ...]:
    element = met.element.pk if met.element else None
    return tuple(one for one in notices if one.kind_id == met.term.kind_id and one.element_id == element)
