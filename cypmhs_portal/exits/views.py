"""The page of an element's exit, and the steps that people take with what is handed over. Each leads back to it."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.handover import add_handover_item, add_standard_items, drop_item, record_done, reopen_item
from contracts.audit import Actor
from contracts.formatting import count_of
from contracts.models import HandoverItem, ServiceElement
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, step_taken
from cypmhs_portal.exits.endings import ending_of
from cypmhs_portal.exits.forms import DoneForm, HandoverItemForm, ReasonForm
from cypmhs_portal.exits.page import element_or_404, exit_page
from cypmhs_portal.exits.proposals import proposed_endings


@requires(Permission.SEE_MONEY)
@require_safe
def element_exit(request: HttpRequest, standing: Standing, code: str) -> HttpResponse:
    """What is left to return, to pay, to settle and to hand over until an element ends."""
    element = element_or_404(standing.agreement, code)
    return render(request, "exits/exit.html", {"page": exit_page(element, standing, clock.today())})


@requires(Permission.KEEP_HANDOVER)
@require_http_methods(READ_OR_SEND)
def handover_add(request: HttpRequest, standing: Standing, code: str) -> HttpResponse:
    """Add one thing to hand over."""
    element = element_or_404(standing.agreement, code)
    form = HandoverItemForm(request.POST, agreement=standing.agreement)

    def add(by: Actor) -> str:
        add_handover_item(element, **form.cleaned_data, by=by, at=clock.now())
        return "It is on the checklist."

    return _step(request, standing, element, form, add)


@requires(Permission.KEEP_HANDOVER)
@require_http_methods(READ_OR_SEND)
def handover_standard(request: HttpRequest, standing: Standing, code: str) -> HttpResponse:
    """Add what the agreement's standard list has and the checklist has not."""
    element = element_or_404(standing.agreement, code)
    last_day = ending_of(element, proposed_endings).last_day

    def add(by: Actor) -> str:
        items = add_standard_items(element, last_day=last_day, by=by, at=clock.now())
        return f"{count_of(len(items), 'item')} of the standard list {'is' if len(items) == 1 else 'are'} added."

    return _step(request, standing, element, Form(request.POST), add)


@requires(Permission.RECORD_HANDOVER)
@require_http_methods(READ_OR_SEND)
def handover_done(request: HttpRequest, standing: Standing, code: str, item: int) -> HttpResponse:
    """Record that one's own organisation handed something over."""
    held = _item_or_404(standing, code, item)
    form = DoneForm(request.POST, prefix=f"item-{held.pk}-done")

    def record(by: Actor) -> str:
        record_done(held, **form.cleaned_data, by=by, at=clock.now())
        return f"“{held.what}” is recorded as done."

    return _step(request, standing, held.element, form, record)


@requires(Permission.KEEP_HANDOVER)
@require_http_methods(READ_OR_SEND)
def handover_drop(request: HttpRequest, standing: Standing, code: str, item: int) -> HttpResponse:
    """Record that something need not be handed over."""
    held = _item_or_404(standing, code, item)
    form = ReasonForm(request.POST, prefix=f"item-{held.pk}-drop")

    def drop(by: Actor) -> str:
        drop_item(held, **form.cleaned_data, by=by, at=clock.now())
        return f"“{held.what}” is recorded as not needed."

    return _step(request, standing, held.element, form, drop)


@requires(Permission.KEEP_HANDOVER)
@require_http_methods(READ_OR_SEND)
def handover_reopen(request: HttpRequest, standing: Standing, code: str, item: int) -> HttpResponse:
    """Open something again that was done or not needed."""
    held = _item_or_404(standing, code, item)
    form = ReasonForm(request.POST, prefix=f"item-{held.pk}-reopen")

    def reopen(by: Actor) -> str:
        reopen_item(held, **form.cleaned_data, by=by, at=clock.now())
        return f"“{held.what}” is open again."

    return _step(request, standing, held.element, form, reopen)


def _item_or_404(standing: Standing, code: str, item: int) -> HandoverItem:
    element = element_or_404(standing.agreement, code)
    held = element.handover_items.filter(pk=item).first()
    if held is None:
        raise Http404("The element has no such item on its checklist.")
    held.element = element
    return held


def _step(
    request: HttpRequest, standing: Standing, element: ServiceElement, form: Form, take: Callable[[Actor], str]
) -> HttpResponse:
    def again(sent: Form) -> HttpResponse:
        page = exit_page(element, standing, clock.today(), sent)
        return render(request, "exits/exit.html", {"page": page})

    back = reverse("element_exit", args=[standing.agreement.reference, element.code])
    return step_taken(request, standing, form, take, back=back, again=again)
