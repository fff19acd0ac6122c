"""The dated terms that a letter names, in words, and which of them nobody has found in the contract yet."""

from dataclasses import dataclass

from contracts.formatting import PERCENT, term
from contracts.levers.release import release_in_words
from contracts.models import Notice, NoticeClock, NoticeWithholding, WithholdingBasis, WithholdingTerm
from contracts.term_words import length_in_words


@dataclass(frozen=True, slots=True)
class LetterTerms:
    """What a letter may name: the clock that runs on the notice, and what may be withheld; None where there is none."""

    clock: NoticeClock | None
    withheld: NoticeWithholding | WithholdingTerm | None

    def unchecked(self, step: str) -> list[str]:
        """What nobody has found in the contract, in words; `step` is what the clock runs on."""
        found = []
        if self.clock is not None and not self.clock.term.checked_reference:
            found.append(f"{length_in_words(self.clock)} for “{step}”")
        if self.withheld is not None and not self.withheld.checked_reference:
            found.append(f"the {term(self.withheld.percent, PERCENT)} that may be withheld")
        return found


def release_of(held: NoticeWithholding | WithholdingTerm | None) -> str:
    """What becomes of what is withheld; empty before a notice withholds, for no day counts yet."""
    return release_in_words(held.move.on, held.kept_after_months) if isinstance(held, NoticeWithholding) else ""


def withheld_in_words(held: NoticeWithholding | WithholdingTerm, notice: Notice) -> str:
    """What may be withheld: "2% of the monthly instalment of Early Help Units"."""
    part = term(held.percent, PERCENT)
    if held.basis == WithholdingBasis.ELEMENT and notice.element is not None:
        return f"{part} of the monthly instalment of {notice.element.name}"
    return f"{part} of {held.get_basis_display()}"
