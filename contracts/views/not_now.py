"""The answer to a step that cannot be taken as things stand, or any more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def not_now(request: HttpRequest, heading: str, why: str, back: str) -> HttpResponse:
    """Say why: to who sent the step on the page `back`, to who looks at its address on a page of its own.

    A look changes nothing, so it leaves no message in the session.
    """
    if request.method != "POST":
        return render(request, "contracts/not_now.html", {"heading": heading, "why": why, "back": back})
    messages.error(request, why)
    return redirect(back)
