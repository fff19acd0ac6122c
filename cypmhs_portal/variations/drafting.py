"""Drafting a variation: what it says, and what it changes."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.refusals import Refused
from contracts.actions.variation_drafts import draft_variation, edit_variation, remove_part, set_part
from contracts.audit import Actor
from contracts.models import Variation
from contracts.permissions import Permission
from contracts.views.not_now import not_now
from cypmhs_portal.variations.choosing import Chosen, chosen_by, groups_of
from cypmhs_portal.variations.forms import PartForm, VariationForm, initial_of
from cypmhs_portal.variations.views import variation_or_404
from cypmhs_portal.variations.who_may import variation_steps

READ_OR_SEND = ["GET", "HEAD", "POST"]
NO_DRAFT = "It is not a draft of yours that could be changed. Nothing was changed."


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Begin a draft."""
    agreement = standing.agreement
    form = VariationForm(request.POST or None, agreement=agreement)
    by = Actor.person(standing.user)
    draft = _saved(form, lambda: draft_variation(agreement, said=form.said, by=by, at=clock.now()))
    if draft:
        return redirect("variation_change", agreement.reference, draft.number)
    return render(request, "portal/variation_draft.html", {"form": form})


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_edit(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Change what a draft says."""
    held = variation_or_404(standing, variation)
    if not variation_steps(held, standing).editing:
        return not_now(request, f"Change {held.short_number}", NO_DRAFT, to_page(held).url)
    form = VariationForm(request.POST or None, agreement=held.agreement, initial=initial_of(held))
    by = Actor.person(standing.user)
    if _saved(form, lambda: edit_variation(held, said=form.said, by=by, at=clock.now())):
        return to_page(held)
    return render(request, "portal/variation_draft.html", {"form": form, "variation": held})


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_change(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Choose a thing, and say what is to be agreed for it."""
    held = variation_or_404(standing, variation)
    if not variation_steps(held, standing).editing:
        return not_now(request, f"Change {held.short_number}", NO_DRAFT, to_page(held).url)
    asked = request.GET.get("what", "")
    chosen = chosen_by(held, asked)
    if chosen is None:
        context = {"variation": held, "groups": groups_of(held.agreement), "is_unknown": "what" in request.GET}
        return render(request, "portal/variation_choose.html", context)
    form = _part_form(request, chosen)
    if _changed(form, held, chosen, Actor.person(standing.user)):
        return to_page(held)
    return render(request, "portal/variation_change.html", {"variation": held, "chosen": chosen, "form": form})


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_leave(request: HttpRequest, standing: Standing, variation: int, part: int) -> HttpResponse:
    """Take a change out of a draft."""
    held = variation_or_404(standing, variation)
    found = next((one for one in held.parts.all() if one.pk == part), None)
    if found is None:
        raise Http404("The variation has no such change.")
    if request.method == "POST":
        try:
            remove_part(found, by=Actor.person(standing.user), at=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{found.label} stays as it is.")
    return to_page(held)


def to_page(variation: Variation) -> HttpResponseRedirect:
    """Lead to the variation's page."""
    return redirect("variation_detail", variation.agreement.reference, variation.number)


def _part_form(request: HttpRequest, chosen: Chosen) -> PartForm:
    sent = request.POST if request.method == "POST" else None
    return PartForm(sent, subject=chosen.subject, thing=chosen.thing, held=chosen.held)


def _saved(form: Form, save: Callable[[], Variation]) -> Variation | None:
    """What was saved; None where the form was not sent, has faults, or was refused, which the form says then."""
    if not form.is_valid():
        return None
    try:
        return save()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _changed(form: PartForm, variation: Variation, chosen: Chosen, by: Actor) -> bool:
    def save() -> Variation:
        code, key = chosen.subject.code, chosen.thing.key
        return set_part(variation, subject=code, thing=key, values=form.values, by=by, at=clock.now()).variation

    return _saved(form, save) is not None
