"""A record of decision as a file: Word or PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.models import Agreement, PartyRole
from contracts.papers.answer import paper_file
from contracts.permissions import Permission
from cypmhs_portal.decisions.page import as_recorded, decision_or_404, decision_page
from cypmhs_portal.decisions.paper import paper_of

KINDS = ("docx", "pdf")


@requires(Permission.SEE_DECISIONS)
@require_safe
def decision_file(request: HttpRequest, standing: Standing, decision: int, kind: str) -> HttpResponse:
    """The record as `kind`."""
    page = decision_page(standing, decision_or_404(standing.agreement, decision))
    name = f"decision-{page.decision.number.lower().replace('/', '-')}"
    paper = paper_of(page, council_of(standing.agreement), timezone.localtime(as_recorded(page)))
    return paper_file(request, paper, name=plain_name(name), kind=kind_or_404(kind))


def kind_or_404(kind: str) -> str:
    """A kind of file that a paper can be."""
    if kind not in KINDS:
        raise Http404("A paper is a Word document (docx) or a PDF.")
    return kind


def plain_name(name: str) -> str:
    """A file's name in letters, digits and hyphens."""
    return "".join(one if one.isascii() and one.isalnum() else "-" for one in name).strip("-")


def council_of(agreement: Agreement) -> str:
    """The name of the council."""
    party = agreement.parties.filter(role=PartyRole.COUNCIL).select_related("organisation").order_by("pk").first()
    return party.organisation.name if party else agreement.short_name
