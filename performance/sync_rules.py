"""What an agreement asks of the council's batches, from the rows an administrator keeps."""

from datetime import date, datetime

from contracts.models import Agreement, PlaceKind
from performance.council_sync.shapes import District, Pathway, SyncRules
from performance.models import SyncTerms
from performance.workbook.labels import key_of


def sync_rules(agreement: Agreement, *, as_of: date, today: date, now: datetime) -> SyncRules:
    """The rules of a batch that describes the day `as_of`. A district without an area is none to hold a case in."""
    districts = agreement.places.filter(kind=PlaceKind.DISTRICT, area__isnull=False)
    return SyncRules(
        pattern=agreement.case_reference_pattern,
        districts={code: District(key, code, area) for key, code, area in districts.values_list("pk", "code", "area")},
        pathways={
            key_of(spelling): Pathway(key, code)
            for key, code, name in agreement.pathways.order_by("pk").values_list("pk", "code", "name")
            for spelling in (name, code)
        },
        routes={key_of(route): route for route in agreed_routes(agreement)},
        as_of=as_of,
        today=today,
        now=now,
    )


def agreed_routes(agreement: Agreement) -> list[str]:
    """The ways a case comes in, as they are agreed to be written; none where any one word will do."""
    lines = SyncTerms.objects.filter(agreement=agreement).values_list("referral_routes", flat=True).first() or ""
    return [line.strip() for line in lines.splitlines() if line.strip()]
