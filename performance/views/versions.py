"""One version of a return: what it says, its file, and the steps that people take with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Permission, Standing, requires
from contracts.audit import Actor
from performance import who_may
from performance.actions.deciding import CannotMove, accept, send_back, sign_off, withdraw
from performance.conditions import needs_reason
from performance.forms import DecisionForm, SignOffForm, WithdrawalForm
from performance.models import Version
from performance.return_files import kind_of, name_of
from performance.return_pages.facts import sheet_called
from performance.return_pages.sight import names_in
from performance.return_pages.version import version_for, version_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


@requires(Permission.SEE_RETURNS)
@require_safe
def version_detail(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """What a version says against the months before, its history, and what is asked of the reader."""
    return _shown(request, standing, _version(standing, month, number))


@requires(Permission.SEE_EXACT_COUNTS)
@require_safe
def version_file(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """The file as it was uploaded, under the portal's own name. It holds exact small counts."""
    upload = _version(standing, month, number).upload
    kind = kind_of(upload.file_name)
    name = name_of(names_in(standing.agreement).provider, month, number, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(upload.content or b""), content_type=kind.content_type, headers=headers)


@requires(Permission.SIGN_RETURN)
@require_http_methods(READ_OR_SEND)
def version_sign_off(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Sign a draft off."""
    version = _version(standing, month, number)
    form = SignOffForm(request.POST, needs_reason=needs_reason(version))
    if request.method != "POST" or not form.is_valid():
        return _again(request, standing, version, sign_form=form)
    reason = form.cleaned_data.get("reason", "")
    coordinator = names_in(standing.agreement).coordinator
    return _taken(
        request,
        standing,
        version,
        lambda by: sign_off(version, by=by, at=clock.now(), reason=reason),
        f"{version} is signed off. {coordinator} can accept it now.",
    )


@requires(Permission.ACCEPT_RETURN)
@require_http_methods(READ_OR_SEND)
def version_decide(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Accept a version, or send it back with queries."""
    version = _version(standing, month, number)
    names = names_in(standing.agreement)
    step = who_may.deciding(version, standing, names.coordinator)
    if step is not None and not step.may:
        raise PermissionDenied(step.why_not)
    form = DecisionForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _again(request, standing, version, decision_form=form)
    if form.cleaned_data["decision"] == DecisionForm.ACCEPT:
        said = f"{version} is accepted. Its figures are used from now on."
        return _taken(request, standing, version, lambda by: accept(version, by=by, at=clock.now()), said)
    queries = form.cleaned_data["queries"]
    said = f"{version} is sent back to {names.provider} with your queries."
    return _taken(
        request, standing, version, lambda by: send_back(version, by=by, at=clock.now(), reason=queries), said
    )


@requires(Permission.SIGN_RETURN)
@require_http_methods(READ_OR_SEND)
def version_withdraw(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Take back a version that waits for acceptance."""
    version = _version(standing, month, number)
    form = WithdrawalForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _again(request, standing, version, withdrawal_form=form)
    reason = form.cleaned_data["reason"]
    return _taken(
        request,
        standing,
        version,
        lambda by: withdraw(version, by=by, at=clock.now(), reason=reason),
        f"{version} is withdrawn. Upload another file for the month when it is ready.",
    )


def _version(standing: Standing, month: date, number: int) -> Version:
    try:
        return version_for(standing, month, number)
    except Version.DoesNotExist:
        raise Http404("There is no such version of a return here.") from None


def _shown(request: HttpRequest, standing: Standing, version: Version, **filled_in: Any) -> HttpResponse:
    page = version_page(version, standing, sheet=sheet_called(request.GET.get("sheet", "")))
    context = {
        "page": page,
        "agreement": standing.agreement,
        "sign_form": SignOffForm(needs_reason=needs_reason(version)),
        "decision_form": DecisionForm(),
        "withdrawal_form": WithdrawalForm(),
        "failed_form": next(iter(filled_in.values()), None),
        **filled_in,
    }
    return render(request, "performance/version_detail.html", context)


def _again(request: HttpRequest, standing: Standing, version: Version, **filled_in: Any) -> HttpResponse:
    """The page with the form as it was sent and what is wrong with it; for a look at the address, the page."""
    if request.method != "POST":
        return _to_page(standing, version)
    return _shown(request, standing, version, **filled_in)


def _taken(
    request: HttpRequest, standing: Standing, version: Version, step: Callable[[Actor], object], said: str
) -> HttpResponse:
    """Take the step and say so, or say who was there first."""
    try:
        step(Actor.person(standing.user))
    except CannotMove as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, said)
    return _to_page(standing, version)


def _to_page(standing: Standing, version: Version) -> HttpResponse:
    return redirect("version_detail", standing.agreement.reference, version.of_return.month, version.number)
