"""Letters about notices: the wording an administrator keeps, and each letter as it was written."""

import pgtrigger
from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement
from contracts.models.belonging import keeps_its_agreement, stays_within_its_agreement
from contracts.models.notice_evidence import Occasion
from contracts.models.notice_kinds import NoticeKind
from contracts.models.notices import KINDS, Notice, NoticeMove

LETTER_OCCASIONS = [choice for choice in Occasion.choices if choice[0] != Occasion.ASKED]


class LetterTemplate(models.Model):
    """The wording of a letter for one occasion, with names in braces that the portal fills in."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.ForeignKey(
        NoticeKind,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letter_templates",
        help_text="Empty: for every kind that has no wording of its own.",
    )
    occasion = models.CharField(max_length=20, choices=LETTER_OCCASIONS)
    title = models.CharField(max_length=160)
    body = models.TextField(help_text="A blank line begins a paragraph.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "occasion"], name="an_occasion_has_one_wording", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _ in LETTER_OCCASIONS]),
                name="a_wording_is_for_a_known_occasion",
            ),
        ]
        triggers = [
            keeps_its_agreement("a_wording_keeps_its_agreement"),
            stays_within_its_agreement("a_wording_is_for_a_kind_of_its_agreement", {"kind_id": KINDS}),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}: {self.title}"


class Letter(models.Model):
    """A letter as it was written with one move of a notice. Never changed, whatever becomes of its wording."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="letters")
    move = models.OneToOneField(NoticeMove, on_delete=models.PROTECT, related_name="letter")
    occasion = models.CharField(max_length=20, choices=LETTER_OCCASIONS)
    title = models.CharField(max_length=240)
    body = models.TextField()
    written_on = models.DateField()
    agreement_then = models.CharField(max_length=200, help_text="The agreement’s short name and reference, as then.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _ in LETTER_OCCASIONS]),
                name="a_letter_is_for_a_known_occasion",
            ),
            models.CheckConstraint(condition=~Q(agreement_then=""), name="a_letter_says_of_which_agreement_it_is"),
        ]
        triggers = [
            pgtrigger.Protect(name="letters_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.written_on:%-d %B %Y}"
