"""Visiting the page of a notice, and taking steps with it, as somebody does in a browser."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.test import Client

from contracts.models import Notice, Role
from tests.kent import Kent
from tests.visiting import text_of, visitor

NOTICES = "/agreements/KCC-CYPMHS-S76/notices/"
COMMISSIONER, PROVIDER, COUNCIL = Role.COORDINATING_COMMISSIONER, Role.PROVIDER_EDITOR, Role.COUNCIL_COMMISSIONER


def page_of(notice: Notice, step: str = "") -> str:
    """The page of a notice, or of a step with it."""
    return f"{NOTICES}{notice.pk}/{step}"


def read(client: Client, notice: Notice, step: str = "") -> str:
    """What the page of a notice, or of a step with it, says."""
    answer = client.get(page_of(notice, step))
    assert answer.status_code == HTTPStatus.OK
    return text_of(answer)


def day_sent(on: date | None, name: str = "on") -> dict[str, Any]:
    """The three fields of a day as a browser sends them."""
    parts = (str(on.day), str(on.month), str(on.year)) if on else ("", "", "")
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), parts, strict=True))


def take_step(kent: Kent, notice: Notice, where: str, role: Role = COMMISSIONER, **said: Any) -> str:
    """Send a step's form, made for the stage that `notice` has here; what the page it leads to says."""
    answer = visitor(kent, role).post(page_of(notice, where), {"stage": notice.stage, **said}, follow=True)
    assert answer.status_code == HTTPStatus.OK
    return text_of(answer)


def confirmed(kent: Kent, notice: Notice, where: str, role: Role = COMMISSIONER, **said: Any) -> str:
    """The same for a step that is confirmed on a second page."""
    return take_step(kent, notice, where, role, step="confirm", **said)
