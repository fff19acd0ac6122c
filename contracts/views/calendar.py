"""The private calendar address of a person, and the calendar itself, which is read without signing in."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import public, signed_in
from contracts.actions.calendar_addresses import make_calendar_address, revoke_calendar_address
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.calendar_feed.entries import calendar_at
from contracts.counted_requests import of_calendar
from contracts.models import CalendarFeed, User

READ_OR_SEND = ["GET", "HEAD", "POST"]
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Disposition": 'inline; filename="notices.ics"',
    "X-Robots-Tag": "noindex",
}
NOT_THERE = "There is no calendar at this address, or it was revoked.\n"
TOO_OFTEN = "This calendar is asked for too often from where you are. Ask again in a minute.\n"


@public
@require_safe
@sensitive_variables("secret")
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The clocks that the owner of a private address may see now, as a calendar."""
    left = of_calendar(request, timezone.now())
    if left.used > left.limit:
        headers = HEADERS | {"Retry-After": str(left.resets_in)}
        return HttpResponse(TOO_OFTEN, status=HTTPStatus.TOO_MANY_REQUESTS, content_type="text/plain", headers=headers)
    content = calendar_at(secret)
    if content is None:
        return HttpResponse(NOT_THERE, status=HTTPStatus.NOT_FOUND, content_type="text/plain", headers=HEADERS)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=HEADERS)


@signed_in
@require_safe
def notices_calendar(request: HttpRequest) -> HttpResponse:
    """Whether the person has a private address, and what they may do about it."""
    return render(request, "contracts/calendar.html", {"feed": _feed_of(request)})


@signed_in
@require_http_methods(READ_OR_SEND)
@sensitive_variables("secret")
def notices_calendar_new(request: HttpRequest) -> HttpResponse:
    """Make a private address, once it is confirmed, and show it this once."""
    if request.method != "POST":
        return render(request, "contracts/calendar_new.html", {"feed": _feed_of(request)})
    person = _person(request)
    try:
        seen = _seen(request)
        secret = make_calendar_address(person, instead_of=seen, by=Actor.person(person), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("notices_calendar")
    address = settings.PORTAL_ADDRESS + reverse("calendar_feed", args=[secret])
    answer = render(request, "contracts/calendar_made.html", {"address": address})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_http_methods(READ_OR_SEND)
def notices_calendar_revoke(request: HttpRequest) -> HttpResponse:
    """End the private address, once it is confirmed."""
    feed, person = _feed_of(request), _person(request)
    if request.method != "POST" and feed is not None:
        return render(request, "contracts/calendar_revoke.html", {"feed": feed})
    seen = _seen(request)
    if seen is None:
        return redirect("notices_calendar")
    try:
        revoke_calendar_address(person, feed=seen, by=Actor.person(person), at=clock.now())
        messages.success(request, "Your calendar address was revoked. Programs that used it show nothing new any more.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("notices_calendar")


def _seen(request: HttpRequest) -> int | None:
    """The address that the person's page showed as theirs; what is no number names none that anybody has."""
    seen = request.POST.get("feed", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len("1000000000000000000") else None


def _feed_of(request: HttpRequest) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=_person(request), revoked_at__isnull=True).first()


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # signed_in stands outside
    return request.user
