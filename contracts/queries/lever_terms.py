"""The dated terms of an agreement's contract levers, with what is known of each in the contract."""

from dataclasses import dataclass
from datetime import date

from contracts.models import Agreement, StepClock, WithholdingTerm
from contracts.periods import is_in_force
from contracts.term_words import term_in_words

WITHHOLDING = "Withholding"


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """One term: of which kind of notice, for what, what it sets, and where somebody found it in the contract."""

    row: StepClock | WithholdingTerm
    kind: str
    what: str
    sets: str
    is_in_force: bool

    @property
    def key(self) -> str:
        """Which term it is and what it set when it was shown: a choice that no longer says so is none."""
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.sets}"

    @property
    def is_checked(self) -> bool:
        """Whether somebody recorded having found it."""
        return bool(self.row.checked_reference)

    @property
    def in_words(self) -> str:
        """The whole term: "Contract Performance Notice, Contract management meeting: 10 Operational Days"."""
        return f"{self.kind}, {self.what}: {self.sets}"


@dataclass(frozen=True, slots=True)
class LeverTerms:
    """Every term of an agreement."""

    terms: tuple[ShownTerm, ...]

    @property
    def unchecked(self) -> tuple[ShownTerm, ...]:
        """Those that nobody recorded having found in the contract."""
        return tuple(one for one in self.terms if not one.is_checked)


def lever_terms(agreement: Agreement, on: date) -> LeverTerms:
    """The terms of `agreement` as they stand on the day `on`: kind by kind its clocks, then what may be withheld.

    Two queries.
    """
    clocks = StepClock.objects.filter(step__kind__agreement=agreement).select_related("step__kind", "checked_by")
    withheld = WithholdingTerm.objects.filter(kind__agreement=agreement).select_related("kind", "checked_by")
    rows = [
        *(_of_clock(one, on) for one in clocks.order_by("step", "in_force_from")),
        *(_of_withheld(one, on) for one in withheld.order_by("in_force_from")),
    ]
    return LeverTerms(tuple(sorted(rows, key=_position)))


def _of_clock(row: StepClock, on: date) -> ShownTerm:
    return ShownTerm(row, row.step.kind.name, row.step.name, term_in_words(row), _holds(row, on))


def _of_withheld(row: WithholdingTerm, on: date) -> ShownTerm:
    return ShownTerm(row, row.kind.name, WITHHOLDING, term_in_words(row), _holds(row, on))


def _holds(row: StepClock | WithholdingTerm, on: date) -> bool:
    return is_in_force(on, row.in_force_from, row.in_force_until)


def _position(one: ShownTerm) -> tuple[int, str]:
    kind = one.row.step.kind if isinstance(one.row, StepClock) else one.row.kind
    return kind.position, kind.name
