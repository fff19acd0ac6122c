"""What a notice withholds since it came to withholding: its term as it was then."""

import pgtrigger
from django.db import models

from contracts.models.belonging import refuses
from contracts.models.notice_kinds import WithholdingBasis, WithholdingTerm
from contracts.models.notices import NoticeMove

# The move into withholding, with the term of the notice's kind on that day, where the row says what that term says.
IS_NOT_AS_ITS_TERM_SAYS = """NOT EXISTS (SELECT 1 FROM contracts_noticemove move
    JOIN contracts_notice notice ON notice.id = move.notice_id
    JOIN contracts_withholdingterm term ON term.kind_id = notice.kind_id
    WHERE move.id = NEW.move_id AND move.to_stage = 'withholding' AND term.id = NEW.term_id
    AND (term.percent, term.basis) = (NEW.percent, NEW.basis)
    AND term.kept_after_months IS NOT DISTINCT FROM NEW.kept_after_months
    AND term.in_force_from <= move.on AND (term.in_force_until IS NULL OR term.in_force_until > move.on))"""
IS_OF_NO_ELEMENT = """NEW.basis = 'element' AND EXISTS (SELECT 1 FROM contracts_noticemove move
    JOIN contracts_notice notice ON notice.id = move.notice_id
    WHERE move.id = NEW.move_id AND notice.element_id IS NULL)"""


class NoticeWithholding(models.Model):
    """What a notice withholds, copied from its term when it came to withholding. Never changed, whatever the term."""

    move = models.OneToOneField(NoticeMove, on_delete=models.PROTECT, related_name="withholding")
    term = models.ForeignKey(WithholdingTerm, on_delete=models.PROTECT, related_name="notice_withholdings")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=16, choices=WithholdingBasis)
    kept_after_months = models.PositiveSmallIntegerField(
        null=True, help_text="Calendar months from the first day of withholding; empty for no such limit."
    )

    class Meta:
        triggers = [
            pgtrigger.Protect(name="what_a_notice_withholds_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_notice_withholds_as_its_term_says", IS_NOT_AS_ITS_TERM_SAYS, pgtrigger.Insert),
            refuses("a_part_of_an_instalment_is_of_an_element", IS_OF_NO_ELEMENT, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.move.notice}: {self.percent.normalize():f} % of {self.get_basis_display()}"

    @property
    def checked_reference(self) -> str:
        """Where what it says was found in the contract; empty where it was not, or the term says something else now."""
        said = (self.percent, self.basis, self.kept_after_months)
        is_said_still = said == (self.term.percent, self.term.basis, self.term.kept_after_months)
        return self.term.checked_reference if is_said_still else ""
