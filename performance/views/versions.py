"""One version of a return: what it says, its file, and the steps that people take with it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance import who_may
from performance.actions.deciding import accept, send_back, sign_off, withdraw
from performance.conditions import is_first_sign_off_late
from performance.forms import DecisionForm, SignOffForm, WithdrawalForm
from performance.return_files import kind_of, name_of
from performance.return_pages.sight import names_in
from performance.views.version_steps import READ_OR_SEND, again, shown, taken, version_or_404


@requires(Permission.SEE_RETURNS)
@require_safe
def version_detail(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """What a version says against the months before, its history, and what is asked of the reader."""
    return shown(request, standing, version_or_404(standing, month, number))


@requires(Permission.SEE_EXACT_COUNTS)
@require_safe
def version_file(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """The file as it was uploaded, under the portal's own name. It holds exact small counts."""
    upload = version_or_404(standing, month, number).upload
    kind = kind_of(upload.file_name)
    name = name_of(names_in(standing.agreement).provider, month, number, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(upload.content or b""), content_type=kind.content_type, headers=headers)


@requires(Permission.SIGN_RETURN)
@require_http_methods(READ_OR_SEND)
def version_sign_off(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Sign a draft off."""
    version = version_or_404(standing, month, number)
    form = SignOffForm(request.POST, is_late=is_first_sign_off_late(version, clock.today()))
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, sign_form=form)
    late_because = form.cleaned_data.get("late_because", "")
    coordinator = names_in(standing.agreement).coordinator
    return taken(
        request,
        standing,
        version,
        lambda by: sign_off(version, by=by, at=clock.now(), late_because=late_because),
        f"{version} is signed off. {coordinator} can accept it now.",
    )


@requires(Permission.ACCEPT_RETURN)
@require_http_methods(READ_OR_SEND)
def version_decide(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Accept a version, or send it back with queries."""
    version = version_or_404(standing, month, number)
    names = names_in(standing.agreement)
    step = who_may.deciding(version, standing, names.coordinator)
    if step is not None and not step.may:
        raise PermissionDenied(step.why_not)
    form = DecisionForm(request.POST, has_queries=version.queries.exists())
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, decision_form=form)
    if form.cleaned_data["decision"] == DecisionForm.ACCEPT:
        said = f"{version} is accepted. Its figures are used from now on."
        return taken(request, standing, version, lambda by: accept(version, by=by, at=clock.now()), said)
    queries = form.cleaned_data["queries"]
    said = f"{version} is sent back to {names.provider} with your queries."
    return taken(request, standing, version, lambda by: send_back(version, by=by, at=clock.now(), reason=queries), said)


@requires(Permission.SIGN_RETURN)
@require_http_methods(READ_OR_SEND)
def version_withdraw(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Take back a version that waits for acceptance."""
    version = version_or_404(standing, month, number)
    form = WithdrawalForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, withdrawal_form=form)
    reason = form.cleaned_data["reason"]
    return taken(
        request,
        standing,
        version,
        lambda by: withdraw(version, by=by, at=clock.now(), reason=reason),
        f"{version} is withdrawn. Upload another file for the month when it is ready.",
    )
