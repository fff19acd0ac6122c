"""Visiting the pages of payments as one of the two finance people."""

from datetime import date
from typing import Any

from django.test import Client

from contracts.models import Role
from funding.models import Payment
from tests.kent import Kent
from tests.money import second_finance
from tests.visiting import visitor

PAYMENTS = "/agreements/KCC-CYPMHS-S76/money/payments/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def priya(kent: Kent) -> Client:
    """A browser in which the finance person who certifies is signed in."""
    return visitor(kent, Role.COUNCIL_FINANCE)


def daniel(kent: Kent) -> Client:
    """A browser in which the other finance person is signed in."""
    client = Client()
    client.force_login(second_finance(kent), backend=BACKEND)
    return client


def certify_url(month: date) -> str:
    """Where a month's payment is certified."""
    return f"{PAYMENTS}certify/{month:%Y-%m}/"


def page_of(payment: Payment) -> str:
    """The payment's page."""
    return f"{PAYMENTS}{payment.number}/"


def take_step(kent: Kent, payment: Payment, step: str, client: Any = None, **said: Any):
    """Take a step with a payment as Daniel Price, or in another browser; the answer is the page it leads to."""
    return (client or daniel(kent)).post(f"{page_of(payment)}{step}/", said, follow=True)


def answers(kent: Kent, payment: Payment, word: str = "yes") -> dict[str, str]:
    """The statutory test's form with the same answer for every element."""
    return {f"element-{line.element_id}": word for line in payment.lines.order_by("pk")} | {
        "grounds": "Costed against our own"
    }


def certificate(client: Client, month: date, **said: Any) -> dict[str, Any]:
    """What the certificate's form would send as it was opened, with the declaration ticked and `said` put in."""
    page = client.get(certify_url(month)).context["page"]
    ticks = {one.tick.html_name: "on" for one in page.items}
    sent = {
        "step": "certify",
        "expected_to_pay": str(page.to_pay),
        "proposed": page.proposed,
        "declaration": "on",
        "added-TOTAL_FORMS": "1",
        "added-INITIAL_FORMS": "0",
    }
    return {name: value for name, value in (ticks | sent | said).items() if value is not None}
