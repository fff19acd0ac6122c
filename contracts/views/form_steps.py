"""How a step is taken from a form: the form is judged, the action asked, and the page says what came of it."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contracts.access import Standing
from contracts.actions.refusals import ChangedMeanwhile, Refused
from contracts.audit import Actor
from contracts.forms.as_seen import show_what_is_saved

READ_OR_SEND = ["GET", "HEAD", "POST"]
T = TypeVar("T")


def came_of(form: Form, take: Callable[[], T]) -> T | None:
    """What `take` made; None where the form was not sent, has faults, or was refused, which the form says then."""
    if not form.is_valid():
        return None
    try:
        return take()
    except ChangedMeanwhile as changed:
        show_what_is_saved(form, changed)
        form.add_error(None, str(changed))
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def could_be_taken(form: Form, take: Callable[[], object]) -> bool:
    """Whether `take` would be refused by nothing now: it is tried, and all of it undone. The form says why not.

    So who is asked to confirm a step is not promised what the last press would refuse.
    """
    with transaction.atomic():
        came = came_of(form, take)
        transaction.set_rollback(True)
    return came is not None


def step_taken(
    request: HttpRequest, standing: Standing, form: Form, take: Callable[[Actor], str], *, back: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Take the step of a form that stands on the page `back`, say what `take` says of it, and lead back there.

    `again` shows that page as it is now, with the form that has faults or was refused. For a look at the address of
    a step, its page.
    """
    if request.method != "POST":
        return redirect(back)
    said = came_of(form, lambda: take(Actor.person(standing.user)))
    if said is None:
        return again(form)
    messages.success(request, said)
    return redirect(back)
