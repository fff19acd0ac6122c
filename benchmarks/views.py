"""The least that any page of an agreement does: session, person, standing, frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contracts.access import Standing, requires
from contracts.permissions import Permission


@requires(Permission.SEE_FIGURES)
def empty(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The frame of a page, as a signed-in person sees it, around nothing."""
    return render(request, "base.html")
