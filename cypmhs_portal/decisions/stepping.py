"""Taking a step from a page: the form is judged, the action asked, and the page says what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contracts.access import Standing
from contracts.actions.refusals import Refused
from contracts.audit import Actor

READ_OR_SEND = ["GET", "HEAD", "POST"]
AT_ONCE = "Somebody did the same a moment ago, so nothing was changed. Look at it as it is now."

Take = Callable[[Actor], object]


def taken(
    request: HttpRequest, standing: Standing, form: Form, take: Take, said: str, back: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Take the step and say so, or say why not, and lead `back`; `again` shows a form that came with faults.

    For a look at the address of a step, its page.
    """
    if request.method != "POST":
        return redirect(back)
    if not form.is_valid():
        return again(form)
    why_not = refusal(standing, take)
    (messages.error if why_not else messages.success)(request, why_not or said)
    return redirect(back)


def refusal(standing: Standing, take: Take) -> str:
    """Take the step; empty where it was taken, and otherwise the sentence that says why not."""
    try:
        take(Actor.person(standing.user))
    except Refused as refused:
        return str(refused)
    except IntegrityError:
        return AT_ONCE
    return ""


def forms_with(sent: Form | None, **forms: Form | None) -> dict[str, Any]:
    """The forms of a page, the one that came back with faults in place of its empty twin."""
    return {
        name: sent if sent is not None and form is not None and type(sent) is type(form) else form
        for name, form in forms.items()
    }
