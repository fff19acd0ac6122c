"""Requests of a signed-in person, made to the web application as a server makes them."""

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Agreement, User

OK = "200 OK"


class Visitor:
    """A person with a session, and the application that answers them."""

    def __init__(self, person: User, agreement: Agreement) -> None:
        browser = Client()
        browser.force_login(person)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.agreement = agreement
        self.application = WSGIHandler()

    def open(self, name: str, query: str = "") -> None:
        """Ask for a page of the agreement by its address's name. Raises RuntimeError for anything but a page."""
        path = reverse(name, args=[self.agreement.reference])
        environ = RequestFactory(HTTP_COOKIE=self.cookie, HTTP_HOST="localhost").get(f"{path}{query}").environ
        statuses: list[str] = []
        answer = self.application(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
        b"".join(answer)
        answer.close()
        if statuses != [OK]:
            raise RuntimeError(f"{path}{query} answered {statuses}")

    def open_cold(self, name: str, query: str = "") -> None:
        """Ask for a page that no process has kept."""
        caches["pages"].clear()
        self.open(name, query)

    def queries(self, visit: Any, name: str, query: str = "") -> int:
        """How many queries a visit (`open` or `open_cold`) takes."""
        with CaptureQueriesContext(connection) as captured:
            visit(name, query)
        return len(captured)
