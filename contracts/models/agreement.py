"""The agreement: parties, areas, pathways, service elements and documents."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from contracts.models.belonging import AREAS, keeps_its_agreement, refuses, stays_within_its_agreement
from contracts.models.organisations import Organisation
from contracts.models.ranges import ends_after_it_starts

reference_of_agreement = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*$", "Use capital letters, digits and single hyphens: KCC-CYPMHS-S76."
)
code_of_thing = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens: early-help-caseload."
)


def regular_expression(text: str) -> None:
    """Refuse what is no regular expression."""
    try:
        re.compile(text)
    except re.error as fault:
        raise ValidationError(f"This is no regular expression: {fault}.") from None


class Power(models.TextChoices):
    """The power under which one body pays another (NHS Act 2006)."""

    S75 = "s75", "Section 75"
    S76 = "s76", "Section 76"
    S256 = "s256", "Section 256"


class PartyRole(models.TextChoices):
    """What an organisation is to an agreement."""

    COUNCIL = "council", "Council"
    COORDINATING_COMMISSIONER = "coordinating-commissioner", "Coordinating commissioner"
    ASSOCIATE_COMMISSIONER = "associate-commissioner", "Associate commissioner"
    PROVIDER = "provider", "Provider"
    AUDITOR = "auditor", "Auditor"


class Agreement(models.Model):
    """A joint funding agreement between a council and the NHS."""

    reference = models.CharField(max_length=40, unique=True, validators=[reference_of_agreement])
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, help_text="As the page header shows it.")
    power = models.CharField(max_length=8, choices=Power)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("first day after it", help_text="An agreement to 31 August 2022 has 1 September 2022.")
    returns_from = models.DateField(
        "returns required from", help_text="First day of the first month that a return is required for."
    )
    warning_tolerance = models.DecimalField(
        max_digits=5, decimal_places=2, default=25, help_text="Percent of change in a month that asks for a reason."
    )
    case_reference_pattern = models.CharField(
        max_length=120,
        blank=True,
        validators=[regular_expression],
        help_text="What a case reference looks like, as a regular expression: EH-[0-9]{4}-[0-9]{5}. Empty: any.",
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="an_agreement_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(returns_from__lt=F("ends_on")), name="returns_are_required_before_the_agreement_ends"
            ),
            models.CheckConstraint(
                condition=Q(returns_from__day=1), name="returns_are_required_from_the_first_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(returns_from__gte=F("starts_on"))
                | Q(returns_from__year=F("starts_on__year"), returns_from__month=F("starts_on__month")),
                name="returns_are_required_from_the_agreements_start_on",
                violation_error_message="Returns are required from the month of the agreement’s first day at the "
                "earliest.",
            ),
            models.CheckConstraint(condition=Q(power__in=Power.values), name="an_agreement_has_a_known_power"),
            models.CheckConstraint(condition=Q(warning_tolerance__gt=0), name="the_warning_tolerance_is_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} ({self.reference})"


class Party(models.Model):
    """An organisation in one role of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=32, choices=PartyRole)
    signs_variations = models.BooleanField(
        default=False, help_text="A council and the coordinating commissioner sign every variation, ticked or not."
    )

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "role"], name="an_organisation_has_a_role_once_in_an_agreement"
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(role="provider"), name="an_agreement_has_one_provider"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(role="coordinating-commissioner"),
                name="an_agreement_has_one_coordinating_commissioner",
            ),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="a_party_has_a_known_role"),
            models.CheckConstraint(
                condition=Q(signs_variations=False) | Q(role__in=["council", "coordinating-commissioner", "provider"]),
                name="a_party_signs_variations_where_somebody_may",
                violation_error_message="Only a council, the coordinating commissioner and the provider have people "
                "who may sign a variation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display().lower()}"


# Whether an area would be found again among the areas it is part of.
LIES_WITHIN_ITSELF = """NEW.parent_id <> NEW.id AND EXISTS (
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM contracts_area WHERE id = NEW.parent_id
        UNION SELECT area.id, area.parent_id FROM contracts_area area JOIN above ON area.id = above.parent_id
    ) SELECT 1 FROM above WHERE id = NEW.id)"""


class Area(models.Model):
    """A place that figures are reported for; the one without a parent is the whole."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="areas")
    code = models.CharField(max_length=40, validators=[code_of_thing])
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="an_area_code_is_used_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(parent__isnull=True), name="an_agreement_has_one_whole_area"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="an_area_is_not_part_of_itself",
                violation_error_message="An area cannot be part of itself.",
            ),
        ]
        triggers = [
            keeps_its_agreement("an_area_keeps_its_agreement"),
            stays_within_its_agreement("an_area_is_part_of_one_of_its_agreement", {"parent_id": AREAS}),
            refuses("areas_are_not_part_of_each_other", LIES_WITHIN_ITSELF),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceKind(models.TextChoices):
    """Kinds of place with an official code."""

    CCG = "ccg", "Clinical commissioning group"
    DISTRICT = "district", "District"


class Place(models.Model):
    """A CCG or a district, and the area of the agreement it belongs to."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(max_length=16, choices=PlaceKind)
    code = models.CharField("ODS or GSS code", max_length=12)
    name = models.CharField(max_length=120)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text="Empty where the agreement does not say.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="a_place_belongs_to_an_agreement_once"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="a_place_is_of_a_known_kind"),
        ]
        triggers = [stays_within_its_agreement("a_place_is_in_an_area_of_its_agreement", {"area_id": AREAS})]

    def __str__(self) -> str:
        return self.name


class Pathway(models.Model):
    """A pathway of care that a child is held on (003 §1.3)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="pathways")
    code = models.CharField(max_length=60, validators=[code_of_thing])
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="a_pathway_code_is_used_once"),
        ]
        triggers = [keeps_its_agreement("a_pathway_keeps_its_agreement")]

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """Whether an element works early or treats."""

    EARLY_INTERVENTION = "early-intervention", "Early intervention"
    CLINICAL = "clinical", "Clinical"


class ServiceElement(models.Model):
    """A part of the service that a party pays for by name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="elements")
    code = models.CharField(max_length=40, validators=[code_of_thing])
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    stage = models.CharField(max_length=24, choices=Stage)
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="an_element_code_is_used_once"),
            models.UniqueConstraint(fields=["agreement", "name"], name="an_element_name_is_used_once"),
            ends_after_it_starts("an_element_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="an_element_has_a_known_stage"),
        ]
        triggers = [keeps_its_agreement("an_element_keeps_its_agreement")]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A paper that the agreement or its figures rest on."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=240)
    published_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "reference"], name="a_document_reference_is_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"
