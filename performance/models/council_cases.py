"""The council's own Early Help cases, as its system sends them in batches; and each batch that came."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, ApiClient, Area, Pathway, Place
from contracts.models.belonging import keeps_its_agreement

IS_OF_ITS_AGREEMENT = "a_council_case_is_of_its_agreement"
# Looked at once for all rows of a statement: a batch comes in one.
OF_ANOTHER_AGREEMENT = f"""IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT agreement_id, run_id, area_id, pathway_id, district_id FROM sent) one
    LEFT JOIN performance_syncrun run ON run.id = one.run_id
    LEFT JOIN contracts_area area ON area.id = one.area_id
    LEFT JOIN contracts_pathway pathway ON pathway.id = one.pathway_id
    LEFT JOIN contracts_place district ON district.id = one.district_id
    WHERE run.agreement_id <> one.agreement_id OR area.agreement_id <> one.agreement_id
        OR pathway.agreement_id <> one.agreement_id OR district.agreement_id <> one.agreement_id
        OR district.area_id <> one.area_id)
THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{IS_OF_ITS_AGREEMENT}',
    MESSAGE = 'refused: {IS_OF_ITS_AGREEMENT.replace("_", " ")}';
END IF; RETURN NULL;"""


class SyncTerms(models.Model):
    """What was agreed of the council's sync: how often it comes, from when it is complete, which routes there are."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="sync_terms")
    hours_between_batches = models.PositiveIntegerField(
        null=True, blank=True, help_text="An alert goes out when no batch came for so long. Empty: no alert."
    )
    complete_from = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the first month whose open cases the council’s system holds in full. "
        "Empty: the month that the first batch describes.",
    )
    referral_routes = models.TextField(
        blank=True, help_text="The agreed ways a case comes in, one on each line. Empty: any one word."
    )

    class Meta:
        verbose_name_plural = "sync terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_between_batches__isnull=True) | Q(hours_between_batches__gt=0),
                name="batches_are_some_hours_apart",
            ),
            models.CheckConstraint(
                condition=Q(complete_from__isnull=True) | Q(complete_from__day=1),
                name="cases_are_complete_from_the_first_of_a_month",
            ),
        ]
        triggers = [keeps_its_agreement("sync_terms_keep_their_agreement")]

    def __str__(self) -> str:
        return f"Sync of {self.agreement}"


class SyncRun(models.Model):
    """One batch that was taken in: what it came to, and the answer it was given. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sync_runs")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="sync_runs")
    idempotency_key = models.CharField(max_length=255, blank=True)
    body_sha256 = models.CharField("SHA-256 of the body", max_length=64)
    as_of = models.DateField(help_text="The day whose caseload the batch describes.")
    received_at = models.DateTimeField()
    newest_updated_at = models.DateTimeField(null=True, help_text="The newest of the cases that were not refused.")
    cases = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    refusals = models.JSONField(default=dict, help_text="How many cases were refused, by reason.")
    results = models.JSONField(default=list, help_text="The result of each case, as it was answered.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="an_idempotency_key_is_used_once",
            ),
            models.CheckConstraint(
                condition=Q(cases=F("created") + F("updated") + F("unchanged") + F("stale") + F("refused")),
                name="each_case_of_a_batch_has_one_result",
            ),
        ]
        indexes = [models.Index(fields=["agreement", "-received_at"], name="sync_runs_of_an_agreement")]
        triggers = [
            pgtrigger.Protect(name="sync_runs_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Batch {self.pk} of {self.cases} cases as of {self.as_of}"


class CouncilCase(models.Model):
    """One case as the council's system last told it. A tombstone keeps its reference and time, and nothing else.

    Which of two tellings holds depends on them alone, never on which came first: the newer `updated_at`, and of two
    with the same one the greater `fingerprint`.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="council_cases")
    reference = models.CharField(max_length=40)
    updated_at = models.DateTimeField(help_text="When the council’s system changed it.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what it said, without the time.")
    is_deleted = models.BooleanField(default=False)
    district = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    pathway = models.ForeignKey(Pathway, null=True, on_delete=models.PROTECT, related_name="+")
    referral_route = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    goals_met = models.BooleanField(null=True)
    run = models.ForeignKey(SyncRun, on_delete=models.PROTECT, related_name="+", help_text="The batch it came with.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "reference"], name="a_council_case_is_held_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="a_council_case_closes_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(
                    is_deleted=True,
                    district__isnull=True,
                    area__isnull=True,
                    pathway__isnull=True,
                    referral_route="",
                    opened_on__isnull=True,
                    closed_on__isnull=True,
                    unit="",
                    goals_met__isnull=True,
                )
                | Q(
                    is_deleted=False,
                    district__isnull=False,
                    area__isnull=False,
                    pathway__isnull=False,
                    opened_on__isnull=False,
                )
                & ~Q(referral_route=""),
                name="a_tombstone_says_nothing_of_the_case",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "updated_at", "reference"], name="council_cases_by_change"),
            models.Index(fields=["agreement", "pathway", "opened_on"], name="council_cases_by_opening"),
        ]
        triggers = [
            pgtrigger.Protect(name="council_cases_are_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="an_older_telling_never_wins",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((NEW.updated_at, NEW.fingerprint) <= (OLD.updated_at, OLD.fingerprint)"
                    " OR NEW.agreement_id <> OLD.agreement_id OR NEW.reference <> OLD.reference)"
                ),
                func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'an_older_telling_never_wins', "
                "MESSAGE = 'refused: an older telling never wins';",
            ),
            *(
                pgtrigger.Trigger(
                    name=f"{IS_OF_ITS_AGREEMENT}{suffix}",
                    level=pgtrigger.Statement,
                    when=pgtrigger.After,
                    operation=operation,
                    referencing=pgtrigger.Referencing(new="sent"),  # type: ignore[no-untyped-call]  # untyped there
                    func=OF_ANOTHER_AGREEMENT,
                )
                for suffix, operation in (("", pgtrigger.Insert), ("_still", pgtrigger.Update))
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SyncAlert(models.Model):
    """That no batch came for the agreed time: written before it is mailed, so that one silence is told once."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sync_alerts")
    silent_since = models.DateTimeField(help_text="When the last batch came, or the first client was made.")
    address = models.EmailField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "silent_since", "address"], name="a_silence_is_told_to_an_address_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} to {self.address}"
