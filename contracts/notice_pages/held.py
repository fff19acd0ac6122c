"""A notice with everything its page shows of it, however many rows that is, in a fixed number of queries."""

from django.db.models import Prefetch
from django.http import Http404

from contracts.access import Reader
from contracts.models import Notice, NoticeClock, NoticeMove
from contracts.queries.held_clocks import AGREED
from contracts.queries.notices_held import notices_visible

CLOCKS = NoticeClock.objects.select_related("term").prefetch_related(
    AGREED, "retimings", "changes__clock", "changes__proposed_for", "changes__answered_for"
)
PARTS = (
    "kind__steps__clocks",
    "kind__withholding_terms",
    Prefetch("moves", NoticeMove.objects.select_related("withholding__term")),
    "letters",
    "entries__organisation",
    "evidence",
    "plans__milestones__owner",
    "plans__milestones__records",
    Prefetch("clocks", CLOCKS),
)


def notice_in_full(reader: Reader, key: int) -> Notice:
    """The notice with that key and all its parts, where the reader may know of it; 404 otherwise."""
    notice = notices_visible(reader).prefetch_related(*PARTS).filter(pk=key).first()
    if notice is None:
        raise Http404("There is no such notice in this agreement, or it was not served.")
    return notice
