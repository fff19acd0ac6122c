"""The case list of a version, handed back to the provider that sent it."""

from datetime import date

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.corrections import case_list_of
from performance.listed_cases import file_of, name_of_list
from performance.models import Version
from performance.return_files import CSV
from performance.return_pages.sight import names_in
from performance.return_pages.version import version_for


@requires(Permission.SEE_CASES)
@require_safe
def version_case_list(request: HttpRequest, standing: Standing, month: date, number: int) -> StreamingHttpResponse:
    """The cases of a version, written back from its rows."""
    try:
        kept = case_list_of(version_for(standing, month, number))
    except Version.DoesNotExist:
        kept = None
    if kept is None:
        raise Http404("There is no such version, or no case list came with it.")
    name = name_of_list(names_in(standing.agreement).provider, month, number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(file_of(kept), content_type=CSV.content_type, headers=headers)
