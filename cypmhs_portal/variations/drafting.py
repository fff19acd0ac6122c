"""Drafting a variation: what it says, and what it changes."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.variation_drafts import draft_variation, edit_variation, remove_part, set_part
from contracts.actions.variation_words import mark_of_part
from contracts.audit import Actor
from contracts.models import Variation
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, came_of, step_taken
from contracts.views.not_now import not_now
from cypmhs_portal.variations.choosing import Chosen, chosen_by, groups_of
from cypmhs_portal.variations.forms import PartForm, VariationForm, initial_of
from cypmhs_portal.variations.views import shown, variation_or_404
from cypmhs_portal.variations.who_may import variation_steps

NO_DRAFT = "It is not a draft of yours that could be changed. Nothing was changed."


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Begin a draft."""
    agreement = standing.agreement
    form = VariationForm(request.POST or None, agreement=agreement)
    by = Actor.person(standing.user)
    draft = came_of(form, lambda: draft_variation(agreement, said=form.said, by=by, at=clock.now()))
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

    def save() -> Variation:
        by, seen = Actor.person(standing.user), form.cleaned_data["seen"]
        return edit_variation(held, said=form.said, by=by, at=clock.now(), seen=seen)

    if came_of(form, save):
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
    form = _part_form(request, held, chosen)
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

    def take(by: Actor) -> str:
        remove_part(found, by=by, at=clock.now())
        return f"{found.label} stays as it is."

    def again(sent: Form) -> HttpResponse:
        return shown(request, standing, variation_or_404(standing, variation), sent)

    return step_taken(request, standing, Form(request.POST), take, back=to_page(held).url, again=again)


def to_page(variation: Variation) -> HttpResponseRedirect:
    """Lead to the variation's page."""
    return redirect("variation_detail", variation.agreement.reference, variation.number)


def _part_form(request: HttpRequest, variation: Variation, chosen: Chosen) -> PartForm:
    sent = request.POST if request.method == "POST" else None
    which = chosen.subject.code, chosen.thing.key
    there = next((one for one in variation.parts.all() if (one.subject, one.thing) == which), None)
    return PartForm(sent, subject=chosen.subject, thing=chosen.thing, held=chosen.held, seen=mark_of_part(there))


def _changed(form: PartForm, variation: Variation, chosen: Chosen, by: Actor) -> bool:
    def save() -> Variation:
        code, key, seen = chosen.subject.code, chosen.thing.key, form.cleaned_data["seen"]
        part = set_part(variation, subject=code, thing=key, values=form.values, by=by, at=clock.now(), seen=seen)
        return part.variation

    return came_of(form, save) is not None
