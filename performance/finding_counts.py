"""How many findings of each kind uploads had, counted in the database: they can be hundreds for one file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, F, Func, Min, OuterRef, Q, QuerySet, Subquery, Value

from contracts.models import Agreement
from performance.findings import Level
from performance.models import Outcome, Upload


@dataclass(frozen=True, slots=True)
class FindingCount:
    """So many findings of one kind and level in the uploads for one month."""

    month: date
    code: str
    level: Level
    count: int


class EachFinding(Func):
    """One row for each finding of an upload."""

    function = "jsonb_array_elements"
    set_returning = True


def finding_counts(agreement: Agreement, *, with_drafts: bool) -> tuple[FindingCount, ...]:
    """The findings of the months' uploads by kind, the earliest month first. One query.

    Without `with_drafts` only those of versions that were signed off: the others are the provider's own.
    """
    rows = (
        _uploads(agreement, with_drafts=with_drafts)
        .annotate(finding=EachFinding(F("findings")))
        .annotate(code=_text("code"), level=_text("level"))
        .values("month", "code", "level")
        .annotate(count=Count("*"))
        .order_by("month", "code", "level")
        .values_list("month", "code", "level", "count")
    )
    return tuple(FindingCount(month, code, Level(level), count) for month, code, level, count in rows if month)


def by_month(counts: Iterable[FindingCount]) -> Mapping[date, Mapping[Level, int]]:
    """Errors and warnings of each month that has any."""
    found: dict[date, dict[Level, int]] = {}
    for one in counts:
        levels = found.setdefault(one.month, dict.fromkeys(Level, 0))
        levels[one.level] += one.count
    return found


def refused_before_first_version(agreement: Agreement) -> Mapping[date, int]:
    """By month, the uploads with errors before one became the month's first version. One query."""
    of_agreement = Upload.objects.filter(agreement=agreement, month__isnull=False)
    first = of_agreement.filter(outcome=Outcome.VERSION, month=OuterRef("month")).order_by().values("month")
    refused = (
        of_agreement.filter(outcome=Outcome.REJECTED)
        .annotate(first=Subquery(first.annotate(at=Min("uploaded_at")).values("at")))
        .filter(Q(first__isnull=True) | Q(uploaded_at__lt=F("first")))
    )
    counted = refused.values("month").annotate(count=Count("*")).values_list("month", "count")
    return {month: count for month, count in counted if month}


def _uploads(agreement: Agreement, *, with_drafts: bool) -> QuerySet[Upload]:
    uploads = Upload.objects.filter(agreement=agreement, month__isnull=False)
    return uploads if with_drafts else uploads.filter(version__submitted_at__isnull=False)


def _text(name: str) -> Func:
    """A field of a finding as text."""
    return Func(F("finding"), Value(name), function="jsonb_extract_path_text", output_field=CharField())
