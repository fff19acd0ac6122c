"""Where a person starts after signing in."""

from dataclasses import dataclass

from django.urls import reverse

from contracts.access import standing_of, visible_to
from contracts.models import Agreement, User
from contracts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Landing:
    """An address to go to, or the agreements to choose from."""

    url: str
    agreements: tuple[Agreement, ...]


def landing_of(user: User) -> Landing:
    """The person's one agreement, a choice of several, the admin site, or a page that says there is nothing."""
    agreements = tuple(visible_to(user).order_by("name"))
    if len(agreements) == 1:
        return Landing(_first_page(user, agreements[0]), agreements)
    if not agreements and user.is_staff:
        return Landing(reverse("admin:index"), ())
    return Landing("", agreements)


def _first_page(user: User, agreement: Agreement) -> str:
    """Who uploads returns starts there; everybody else with the overview."""
    uploads = standing_of(user, agreement).may(Permission.UPLOAD_RETURN)
    return reverse("returns" if uploads else "overview", args=[agreement.reference])
