"""The systems that use the API: who runs them, what they may do in which agreement, and how much they ask.

A client signs in by OAuth2 client credentials (RFC 6749 §4.4). Its secret is kept as a hash; what it may do is read
from these rows at each request, so that a scope taken away or a client revoked holds from the next one on.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from oauth2_provider.models import AbstractApplication

from contracts.models.agreement import Agreement, PartyRole
from contracts.models.belonging import refuses
from contracts.models.organisations import Organisation


class Scope(models.TextChoices):
    """One kind of thing that a client may do within an agreement."""

    EARLY_HELP_WRITE = "early-help:write", "Send the council’s Early Help cases, and read them back"
    FIGURES_READ = "figures:read", "Read the agreement, returns, figures and reconciliations"
    RETURNS_WRITE = "returns:write", "Upload returns"
    MONEY_READ = "money:read", "Read funding lines and payments"


# The party roles in which an organisation's system may have each scope: what its people may do too.
SCOPE_PARTIES: dict[Scope, frozenset[PartyRole]] = {
    Scope.EARLY_HELP_WRITE: frozenset({PartyRole.COUNCIL}),
    Scope.FIGURES_READ: frozenset(PartyRole),
    Scope.RETURNS_WRITE: frozenset({PartyRole.PROVIDER}),
    Scope.MONEY_READ: frozenset({PartyRole.COUNCIL, PartyRole.COORDINATING_COMMISSIONER, PartyRole.AUDITOR}),
}
_SUITED = ", ".join(
    f"('{scope.value}', '{role}')"
    for scope, roles in SCOPE_PARTIES.items()
    for role in sorted(role.value for role in roles)
)
_KNOWN = ", ".join(f"'{scope}'" for scope in Scope.values)
# An unknown scope is left to the constraint that names it.
UNSUITED = f"""NEW.scope IN ({_KNOWN}) AND NOT EXISTS (
    SELECT 1 FROM contracts_party party JOIN contracts_apiclient client USING (organisation_id)
    WHERE client.id = NEW.client_id AND party.agreement_id = NEW.agreement_id
    AND (NEW.scope, party.role) IN ({_SUITED}))"""


class ApiClient(AbstractApplication):
    """A system with an identifier and a secret of its own. Never deleted: what it did keeps its name."""

    is_authenticated = True  # as Django asks of whoever a request is from; a token is looked up before
    user = None  # a client acts for an organisation, not for a person
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_clients")
    requests_a_minute = models.PositiveIntegerField(default=120, help_text="More are answered with 429.")
    secret_made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API client"
        constraints = [
            models.CheckConstraint(
                condition=Q(authorization_grant_type="client-credentials", client_type="confidential"),
                name="a_client_signs_in_with_its_own_secret",
            ),
            models.CheckConstraint(condition=Q(hash_client_secret=True), name="a_clients_secret_is_kept_as_a_hash"),
            models.CheckConstraint(condition=~Q(name=""), name="a_client_has_a_name"),
            models.CheckConstraint(condition=Q(requests_a_minute__gt=0), name="a_client_may_ask_at_all"),
        ]
        triggers = [
            # Its scopes suit this organisation, and what it did was done for it.
            refuses("a_client_keeps_its_organisation", "NEW.organisation_id <> OLD.organisation_id", pgtrigger.Update),
            refuses(
                "a_revoked_client_stays_revoked",
                "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at",
                pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, _request: object) -> bool:
        """Whether tokens are given out to it; asked by the token address."""
        return self.revoked_at is None


class ClientScope(models.Model):
    """What a client may do in one agreement."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="client_scopes")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="client_scopes")
    scope = models.CharField(max_length=24, choices=Scope)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "agreement", "scope"], name="a_client_has_a_scope_once_in_an_agreement"
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="a_client_has_known_scopes"),
        ]
        triggers = [refuses("a_clients_scope_suits_its_party", UNSUITED)]

    def __str__(self) -> str:
        return f"{self.scope} in {self.agreement}"


class ClientUse(models.Model):
    """How many requests a client made in a minute: what its limit is held against, and when it was last seen."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="uses")
    minute = models.DateTimeField(help_text="Real time, as tokens keep it.")
    requests = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "minute"], name="a_clients_requests_are_counted_by_the_minute"),
            models.CheckConstraint(condition=Q(requests__gt=0), name="a_minute_of_use_has_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.minute:%Y-%m-%d %H:%M}"


class TokenRequests(models.Model):
    """How often one sender asked for a token, or for a calendar, in a minute: what guessing secrets is held against."""

    sender = models.CharField(max_length=64, help_text="The address it asked from.")
    minute = models.DateTimeField(help_text="Real time, as tokens keep it.")
    requests = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "minute"], name="a_senders_tokens_are_counted_by_the_minute"),
            models.CheckConstraint(condition=Q(requests__gt=0), name="a_minute_of_token_requests_has_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sender}, {self.minute:%Y-%m-%d %H:%M}"
