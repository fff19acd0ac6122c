"""Options appraisals: options scored against weighted criteria, with what each leaves funded and which is recommended.

Once the decision that an appraisal leads to is taken or withdrawn, the appraisal stays as it was.
"""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement, ServiceElement
from contracts.models.belonging import refuses, stays_within_its_agreement
from contracts.models.decisions import RecordOfDecision
from contracts.models.settled import DECISIONS, is_settled, stays
from contracts.option_scores import HIGHEST, LOWEST

APPRAISALS = "contracts_optionsappraisal"
OPTIONS = "contracts_appraisedoption"
ELEMENTS = "contracts_serviceelement"
ANY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
OF_APPRAISAL = f"SELECT leads_to_id FROM {APPRAISALS} WHERE id = COALESCE(NEW.appraisal_id, OLD.appraisal_id)"
OF_OPTION = f"""SELECT leads_to_id FROM {APPRAISALS} appraisal JOIN {OPTIONS} one ON one.appraisal_id = appraisal.id
    WHERE one.id = COALESCE(NEW.option_id, OLD.option_id)"""
IS_OF_ANOTHER_APPRAISAL = f"""(SELECT appraisal_id FROM {OPTIONS} WHERE id = NEW.option_id) <>
    (SELECT appraisal_id FROM contracts_criterion WHERE id = NEW.criterion_id)"""


class OptionsAppraisal(models.Model):
    """What was weighed against what, and for which decision."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="appraisals")
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    made_on = models.DateField(null=True, blank=True)
    leads_to = models.ForeignKey(
        RecordOfDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="appraisals"
    )
    is_illustrative = models.BooleanField(default=False, help_text="No paper has these weights and scores.")
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "title"], name="an_appraisal_has_its_own_title"),
        ]
        triggers = [
            stays_within_its_agreement("an_appraisal_is_for_a_decision_of_its_agreement", {"leads_to_id": DECISIONS}),
            stays(
                "an_appraisal_of_a_settled_decision_stays",
                is_settled("OLD.leads_to_id"),
                pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What options are held against, and how much it counts."""

    appraisal = models.ForeignKey(OptionsAppraisal, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=400, blank=True)
    weight = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text="Weights count by their share of the sum: 20 beside 80 is a fifth.",
    )

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "name"], name="a_criterion_is_named_once_in_an_appraisal"),
            models.CheckConstraint(
                condition=Q(weight__gte=0) & Q(weight__lte=9999),
                name="a_weight_is_nought_or_more",
                violation_error_message="Give a weight of 0 or more.",
            ),
        ]
        triggers = [stays("criteria_of_a_settled_decision_stay", is_settled(f"({OF_APPRAISAL})"), ANY_WRITE)]

    def __str__(self) -> str:
        return self.name


class AppraisedOption(models.Model):
    """One of the options. One of an appraisal's is recommended."""

    appraisal = models.ForeignKey(OptionsAppraisal, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField(help_text="As the papers number it.")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    is_recommended = models.BooleanField("recommended", default=False)
    because = models.TextField("why, or why not", blank=True)

    class Meta:
        verbose_name = "option"
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="an_option_number_is_used_once"),
            models.UniqueConstraint(
                fields=["appraisal"],
                condition=Q(is_recommended=True),
                name="one_option_is_recommended",
                violation_error_message="Another option is recommended already. Take that one's tick away first.",
            ),
        ]
        triggers = [stays("options_of_a_settled_decision_stay", is_settled(f"({OF_APPRAISAL})"), ANY_WRITE)]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class OptionScore(models.Model):
    """How an option does on a criterion, and why."""

    option = models.ForeignKey(AppraisedOption, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    score = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text=f"From {LOWEST} (does nothing for it) to {HIGHEST} (does all that could be done).",
    )
    reason = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "criterion"], name="an_option_is_scored_once_on_a_criterion"),
            models.CheckConstraint(
                condition=Q(score__gte=LOWEST) & Q(score__lte=HIGHEST),
                name="a_score_is_on_the_scale",
                violation_error_message=f"Give a score from {LOWEST} to {HIGHEST}.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_score_says_why"),
        ]
        triggers = [
            stays("scores_of_a_settled_decision_stay", is_settled(f"({OF_OPTION})"), ANY_WRITE),
            refuses("a_score_is_of_a_criterion_of_its_appraisal", IS_OF_ANOTHER_APPRAISAL),
        ]

    def __str__(self) -> str:
        return f"{self.option} on {self.criterion}: {self.score}"


class OptionFunding(models.Model):
    """The annual amount that an option leaves for an element in the agreement."""

    option = models.ForeignKey(AppraisedOption, on_delete=models.PROTECT, related_name="funding")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="+")
    annual_amount = models.DecimalField(
        "pounds a year", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name_plural = "option funding"
        constraints = [
            models.UniqueConstraint(fields=["option", "element"], name="an_option_funds_an_element_once"),
            models.CheckConstraint(
                condition=Q(annual_amount__gte=0) & Q(annual_amount__lte=9999999999),
                name="an_option_leaves_nought_or_more",
                violation_error_message="Give an amount of £0 or more.",
            ),
        ]
        triggers = [
            stays("funding_of_a_settled_decision_stays", is_settled(f"({OF_OPTION})"), ANY_WRITE),
            stays_within_its_agreement(
                "an_option_funds_an_element_of_its_agreement",
                {"element_id": ELEMENTS},
                own=f"(SELECT agreement_id FROM {APPRAISALS} JOIN {OPTIONS} one ON one.appraisal_id = {APPRAISALS}.id "
                "WHERE one.id = NEW.option_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option}: {self.element.short_name}"
