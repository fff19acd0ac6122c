"""What of a return a person may see, and the names of those who act on it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contracts.access import Reader
from contracts.models import Agreement, PartyRole
from contracts.permissions import Permission
from performance.models import Return, Upload, Version
from performance.returns_held import returns_with


@dataclass(frozen=True, slots=True)
class Names:
    """Short names of the parties that a return passes between."""

    provider: str
    coordinator: str
    council: str


def names_in(agreement: Agreement) -> Names:
    """The parties of `agreement` by the part they have in a return; several councils are listed."""
    parties = agreement.parties.select_related("organisation").order_by("pk")
    named: dict[str, list[str]] = {role: [] for role in PartyRole.values}
    for party in parties:
        named[party.role].append(party.organisation.short_name)
    roles = (PartyRole.PROVIDER, PartyRole.COORDINATING_COMMISSIONER, PartyRole.COUNCIL)
    return Names(*(" and ".join(named[role]) for role in roles))


def versions_seen_by(reader: Reader) -> QuerySet[Version]:
    """The agreement's versions that were ever signed off; drafts too for those who see uploads."""
    of_agreement = Q(of_return__agreement=reader.agreement)
    if not reader.may(Permission.SEE_UPLOADS):
        of_agreement &= Q(submitted_at__isnull=False)
    return Version.objects.filter(of_agreement).order_by("number")


def returns_required(reader: Reader) -> QuerySet[Return]:
    """The returns that the agreement requires, and those sent for other months that the reader may see."""
    return returns_with(reader.agreement, versions_seen_by(reader))


def uploads_seen_by(reader: Reader) -> QuerySet[Upload]:
    """The agreement's uploads without their content, which can be ten megabytes each; none without the permission."""
    if not reader.may(Permission.SEE_UPLOADS):
        return Upload.objects.none()
    return reader.agreement.uploads.defer("content")
