"""The API's page for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contracts.access import public
from cypmhs_portal.api.docs_page import docs_page
from cypmhs_portal.api.whole_document import document
from cypmhs_portal.api_settings import SCOPES


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How a system signs in, what it may ask, and what it is answered."""
    return render(request, "api/docs.html", {"page": docs_page(document(), SCOPES)})


@public
@require_safe
def docs_without_slash(_request: HttpRequest) -> HttpResponse:
    """Leads on to the page; every other address of the API has no slash at its end."""
    return redirect("api_docs")
