"""The provider's case list of a month, as it came with a version of the return."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from contracts.models import Area, Pathway
from performance.models.returns import Version

IS_OF_ITS_AGREEMENT = "a_listed_case_is_of_its_agreement"
# Looked at once for all rows of a statement: a list comes in one, with up to half a million of them.
OF_ANOTHER_AGREEMENT = f"""IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT case_list_id, area_id, pathway_id FROM listed) one
    JOIN performance_caselist list ON list.id = one.case_list_id
    JOIN performance_version version ON version.id = list.version_id
    JOIN performance_return held ON held.id = version.of_return_id
    JOIN contracts_area area ON area.id = one.area_id
    JOIN contracts_pathway pathway ON pathway.id = one.pathway_id
    WHERE held.agreement_id <> area.agreement_id OR held.agreement_id <> pathway.agreement_id)
THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{IS_OF_ITS_AGREEMENT}',
    MESSAGE = 'refused: {IS_OF_ITS_AGREEMENT.replace("_", " ")}';
END IF; RETURN NULL;"""


class CaseList(models.Model):
    """A case list file: what it was, and how many cases it named. Never changed."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="case_list")
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    cases = models.PositiveIntegerField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="case_lists_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Case list of {self.version}"


class ListedCase(models.Model):
    """One case of a list: a pseudonym, where it is held, and since when. Never changed."""

    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="listed")
    reference = models.CharField(max_length=40)
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    referral_route = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_list", "reference"], name="a_list_names_a_case_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="a_case_closes_after_it_opened",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="listed_cases_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name=IS_OF_ITS_AGREEMENT,
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="listed"),  # type: ignore[no-untyped-call]  # untyped there
                func=OF_ANOTHER_AGREEMENT,
            ),
        ]

    def __str__(self) -> str:
        return self.reference
