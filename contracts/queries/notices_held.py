"""Which notices of an agreement somebody may know of: the provider knows of none before it is served."""

from django.db.models import QuerySet
from django.http import Http404

from contracts.access import Reader
from contracts.levers.ladder import BEFORE_SERVICE
from contracts.models import Notice
from contracts.permissions import Permission


def notices_visible(reader: Reader) -> QuerySet[Notice]:
    """The notices of the reader's agreement that they may know of, with what titles and stages are worded from."""
    if not reader.may(Permission.SEE_NOTICES):
        return Notice.objects.none()
    rows = Notice.objects.filter(agreement=reader.agreement).select_related("agreement", "kind", "element")
    rows = rows.prefetch_related("kind__steps")
    return rows if reader.may(Permission.SEE_REQUESTS) else rows.exclude(stage__in=BEFORE_SERVICE)


def notice_or_404(reader: Reader, pk: int) -> Notice:
    """The notice, where the reader may know of it; 404 otherwise, whether or not there is one."""
    notice = notices_visible(reader).filter(pk=pk).first()
    if notice is None:
        raise Http404("There is no such notice in this agreement, or it was not served.")
    return notice
