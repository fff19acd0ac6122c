"""Letters about notices as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.letters.letter_paper import file_name_of, paper_of
from contracts.papers.answer import paper_file
from contracts.permissions import Permission
from contracts.queries.notices_held import notice_or_404


@requires(Permission.SEE_NOTICES)
@require_safe
def notice_letter(request: HttpRequest, standing: Standing, notice: int, letter: int, kind: str) -> HttpResponse:
    """A letter as Word or PDF, for whoever may know of its notice."""
    held = notice_or_404(standing, notice)
    written = get_object_or_404(held.letters.select_related("move", "notice__kind", "notice__agreement"), pk=letter)
    return paper_file(request, paper_of(written), name=file_name_of(written), kind=kind)
